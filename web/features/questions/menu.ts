import { IconCopyOff, IconCopyCheck, IconHelpCircle } from '@tabler/icons-react'
import { canSettle, STARTS_IN } from '../../../server/features/questions/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { markDuplicate } from './commands.ts'

/** What one may do with questions, and with what could become one. */
export function questionLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  const t = (key: string) => i18n.t(`asking:${key}`)
  if (!space || findEntryKind(entry.kind)?.Line) return []
  const mayAsk = space.my.may_post && STARTS_IN.some((kind) => kind === space.kind)
  if (!entry.question) return [mayAsk && { label: t('turn'), Icon: IconHelpCircle, run: () => void showDialog(() => import('../../core/entries/MakeDialog.tsx').then((file) => file.MakeDialog), { entry, kind: 'question', title: t('turn_title') }) }]
  if (!canSettle(me, entry, space)) return []
  return [entry.question.duplicate_of
    ? { label: t('unmark'), Icon: IconCopyOff, run: () => void markDuplicate(entry, null) }
    : { label: t('mark'), Icon: IconCopyCheck, run: () => void showDialog(() => import('./DuplicateDialog.tsx').then((file) => file.DuplicateDialog), { entry }) }]
}

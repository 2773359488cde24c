import { IconCopyOff, IconCopyCheck, IconHelpCircle } from '@tabler/icons-react'
import { canSettle, STARTS_IN } from '../../../server/features/questions/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { asking } from './asking.ts'
import { markDuplicate } from './commands.ts'

/** What one may do with questions, and with what could become one. */
export function questionLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  const t = (key: string) => i18n.t(`questions:${key}`)
  if (!space || findEntryKind(entry.kind)?.Line) return []
  const mayAsk = space.my.may_post && STARTS_IN.some((kind) => kind === space.kind)
  if (!entry.question) return [mayAsk && { label: t('turn'), Icon: IconHelpCircle, run: () => asking.set({ show: 'turn', entry }) }]
  if (!canSettle(me, entry, space)) return []
  return [entry.question.duplicate_of
    ? { label: t('unmark'), Icon: IconCopyOff, run: () => void markDuplicate(entry, null) }
    : { label: t('mark'), Icon: IconCopyCheck, run: () => asking.set({ show: 'duplicate', entry }) }]
}

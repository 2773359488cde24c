import { IconArrowMerge, IconArrowsSplit, IconBulb, IconUserCancel, IconUserShare } from '@tabler/icons-react'
import { canCarry, canUnmerge, isFresh, isOpen, STARTS_IN } from '../../../server/features/ideas/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { unmerge, withdrawOffer } from './commands.ts'

/** What one may do with ideas, and with what could become one. */
export function ideaLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  const t = (key: string) => i18n.t(`idea-cards:${key}`)
  if (!space || findEntryKind(entry.kind)?.Line) return []
  const { idea } = entry
  if (!idea) {
    const mayBegin = space.my.may_post && STARTS_IN.some((kind) => kind === space.kind)
    return mayBegin ? [{ label: t('turn'), Icon: IconBulb, run: () => void showDialog(() => import('../../core/entries/MakeDialog.tsx').then((file) => file.MakeDialog), { entry, kind: 'idea', title: t('turn_title') }) }] : []
  }
  if (canUnmerge(entry, space)) return isFresh(idea.merged_at!) ? [{ label: t('unmerge'), Icon: IconArrowsSplit, run: () => void unmerge(entry) }] : []
  if (!canCarry(me, entry, space)) return []
  return [
    idea.stage !== 'declined' && !idea.merged_into && (idea.offered_to
      ? { label: t('offer_withdraw'), Icon: IconUserCancel, run: () => void withdrawOffer(entry.id) }
      : { label: t('offer'), Icon: IconUserShare, run: () => void showDialog(() => import('./OfferDialog.tsx').then((file) => file.OfferDialog), { entry }) }),
    isOpen(entry) && { label: t('merge'), Icon: IconArrowMerge, run: () => void showDialog(() => import('./MergeDialog.tsx').then((file) => file.MergeDialog), { entry }) },
  ]
}

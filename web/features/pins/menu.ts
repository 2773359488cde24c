import { IconPin, IconPinnedOff } from '@tabler/icons-react'
import { canPin, canUnpin } from '../../../server/features/pins/policy.ts'
import { applyAnswer } from '../../core/entries/cache.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'

const t = (key: string) => i18n.t(`pins:${key}`)

async function pin(entry: Entry, isPinned: boolean, isUndo = false) {
  const path = `/entries/${entry.id}/pinned`
  try {
    const fresh = await (isPinned ? api.put<Entry>(path, {}) : api.delete<Entry>(path))
    applyAnswer({ type: 'entry.pinned', space: fresh.space, entry: fresh, data: { pinned: isPinned } })
    if (!isUndo) notifyUndo(t(isPinned ? 'is_pinned' : 'is_unpinned'), () => void pin(entry, !isPinned, true))
  } catch (error) {
    notifyFailure(t('failed'), error)
  }
}

/** Pinning an entry, and taking it down. */
export function pinLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  if (!space || findEntryKind(entry.kind)?.Line) return []
  if (entry.pinned) return [canUnpin(me, entry, space) && { label: t('unpin'), Icon: IconPinnedOff, run: () => void pin(entry, false) }]
  return [canPin(entry, space) && { label: t('pin'), Icon: IconPin, run: () => void pin(entry, true) }]
}

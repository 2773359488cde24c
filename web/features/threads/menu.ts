import { IconBell, IconBellMinus, IconCircleCheck, IconRotate, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { canResolve } from '../../../server/features/threads/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { resolve, takeStance } from './commands.ts'

/** Whether one hears of a thread by following it: of one's own one does anyway, and a conversation is no thread. */
export const mayFollow = (root: Entry, me: { id: string }) => root.author !== me.id || root.stance === 'followed'

/** What one may do with a whole thread, at its head. */
export function threadLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  const t = (key: string) => i18n.t(`threads:${key}`)
  if (entry.root || findEntryKind(entry.kind)?.Line || entry.kind === 'message') return []
  const { stance } = entry
  return [
    mayFollow(entry, me) && (stance === 'followed'
      ? { label: t('unfollow'), Icon: IconBellMinus, run: () => void takeStance(entry, null) }
      : { label: t('follow'), Icon: IconBell, run: () => void takeStance(entry, 'followed') }),
    stance === 'muted'
      ? { label: t('unmute'), Icon: IconVolume, run: () => void takeStance(entry, null) }
      : { label: t('mute'), Icon: IconVolumeOff, run: () => void takeStance(entry, 'muted') },
    !!space && canResolve(me, entry, space) && (entry.resolved
      ? { label: t('reopen'), Icon: IconRotate, run: () => void resolve(entry, false) }
      : { label: t('resolve'), Icon: IconCircleCheck, run: () => void resolve(entry, true) }),
  ]
}

import { IconBell, IconBellFilled, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { takeStance } from './commands.ts'
import { mayFollow } from './menu.ts'
import classes from './Threads.module.css'

/** In the line above a thread: hear of all that comes, or of nothing. */
export function StanceButtons({ root }: { root: Entry }) {
  const { t } = useTranslation('threads')
  const me = useMe()
  if (root.kind === 'message') return null
  const [isFollowed, isMuted] = [root.stance === 'followed', root.stance === 'muted']
  const Bell = isFollowed ? IconBellFilled : IconBell
  const Sound = isMuted ? IconVolumeOff : IconVolume
  return (
    <>
      {mayFollow(root, me) && (
        <IconButton size={32} className={isFollowed ? classes.on : ''} label={t('follow')} title={t(isFollowed ? 'unfollow' : 'follow')} aria-pressed={isFollowed}
          onClick={() => void takeStance(root, isFollowed ? null : 'followed')}><Bell size={18} stroke={1.75} /></IconButton>
      )}
      <IconButton size={32} className={isMuted ? classes.on : ''} label={t('mute')} title={t(isMuted ? 'unmute' : 'mute')} aria-pressed={isMuted}
        onClick={() => void takeStance(root, isMuted ? null : 'muted')}><Sound size={18} stroke={1.75} /></IconButton>
    </>
  )
}

import { Link } from '@tanstack/react-router'
import { IconArchive, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Space } from '../../kernel/types.ts'
import { SpaceSign, AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { timeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { JoinButton } from './JoinButton.tsx'
import classes from './SpaceRow.module.css'

/** A space in the directory: what it is for, who reads it, and the way in. */
export function SpaceRow({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const { my } = space
  const isMuted = useUnread().muted_spaces.includes(space.id)
  return (
    <article className={classes.row}>
      <SpaceSign space={space} />
      <div className={classes.words}>
        <h2 className={classes.name}><Link to={paths.space(space.id)}>{space.name}</Link></h2>
        <p>{space.purpose}</p>
        <div className={classes.facts}>
          {/* Everybody of the network is what is usual: only what differs is said. */}
          {space.audience.scope !== 'organisation' && <AudienceLabel audience={space.audience} />}
          {my.may_read && <span>{t('members_count', { count: space.member_count })}</span>}
          {my.may_read && <span>{t('active', { time: timeAgo(t, space.last_activity_at) })}</span>}
          {isMuted && <span className={classes.muted}><IconVolumeOff size={15} stroke={1.75} aria-hidden />{t('muted')}</span>}
          {space.state === 'archived' && <Chip tone="plain" Icon={IconArchive}>{t('archived')}</Chip>}
        </div>
      </div>
      <div className={classes.action}>
        {my.role ? <span className={classes.joined}>{t(`role.${my.role}`)}</span> : <JoinButton space={space} />}
      </div>
    </article>
  )
}

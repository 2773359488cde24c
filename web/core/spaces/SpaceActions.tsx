import { Link } from '@tanstack/react-router'
import { IconArchive, IconDoorExit, IconHeartbeat, IconPencil, IconUserPlus, IconUsers, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { loadTexts } from '../../kernel/i18n.ts'
import { later } from '../../kernel/later.ts'
import { paths } from '../../kernel/paths.ts'
import type { Space } from '../../kernel/types.ts'
import { ActionMenu } from '../../kernel/ui/ActionMenu.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { useArchive } from './commands.ts'
import { JoinButton } from './JoinButton.tsx'
import { muteSpace } from './muting.ts'
import classes from './SpaceActions.module.css'

const EditCharterDialog = later(() => import('./EditCharterDialog.tsx').then((file) => file.EditCharterDialog), ['charter'])
const StarButton = later(() => import('./StarButton.tsx').then((file) => file.StarButton), ['rail'])
const LeaveDialog = later(() => import('./LeaveDialog.tsx').then((file) => file.LeaveDialog), ['charter'])

/** What may be done with a space: join, see its people, and the menu. */
export function SpaceActions({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const [dialog, setDialog] = useState<'edit' | 'leave' | null>(null)
  const close = () => setDialog(null)
  return (
    <>
      {/* What cannot be read asks in the middle of its page. */}
      {(space.my.may_read || space.my.requested) && <JoinButton space={space} />}
      {space.kind === 'community' && (
        <Link to={paths.members(space.id)} className={classes.members} aria-label={[t('members_count', { count: space.member_count }), space.my.asking > 0 && t('asking_count', { count: space.my.asking })].filter(Boolean).join(', ')}>
          <IconUsers size={17} stroke={1.75} aria-hidden />{space.member_count}
          {space.my.asking > 0 && <span className={classes.asking}>{space.my.asking}</span>}
        </Link>
      )}
      {space.my.may_read && <Suspense><StarButton id={space.id} /></Suspense>}
      <SpaceMenu space={space} edit={() => setDialog('edit')} leave={() => setDialog('leave')} />
      <Suspense>
        {dialog === 'edit' && <EditCharterDialog space={space} close={close} />}
        {dialog === 'leave' && <LeaveDialog space={space} close={close} />}
      </Suspense>
    </>
  )
}

function SpaceMenu({ space, edit, leave }: { space: Space; edit: () => void; leave: () => void }) {
  const { t } = useTranslation('spaces')
  const archive = useArchive(space)
  const isMuted = useUnread().muted_spaces.includes(space.id)
  const mute = (muted: boolean) => void muteSpace(space.id, muted)
  const { role, may_manage } = space.my
  if (!role && !may_manage) return null
  const verb = space.state === 'active' ? 'archive' : 'unarchive'
  return (
    <ActionMenu label={t('menu')} entries={() => loadTexts(['rail']).then(() => [
      { label: t('members'), Icon: IconUserPlus, to: paths.members(space.id) },
      space.kind === 'community' && { label: t('health'), Icon: IconHeartbeat, to: paths.health(space.id) },
      may_manage && { label: t('edit'), Icon: IconPencil, run: edit },
      may_manage && { label: t(verb), Icon: IconArchive, run: () => archive.mutate(verb) },
      role && 'line',
      role && (isMuted ? { label: t('rail:unmute_space'), Icon: IconVolume, run: () => mute(false) } : { label: t('rail:mute_space'), Icon: IconVolumeOff, run: () => mute(true) }),
      role && { label: t('leave'), Icon: IconDoorExit, run: leave },
    ])} />
  )
}

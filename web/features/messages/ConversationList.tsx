import { Link } from '@tanstack/react-router'
import { IconMessageCircle, IconVolumeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { inWords } from '../../core/entries/in-words.ts'
import { Face } from '../../core/people/Face.tsx'
import { useConversations } from '../../core/spaces/queries.ts'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Conversation } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { Talkers } from '../../kernel/ui/Avatar.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { useUnread } from '../../kernel/unread.ts'
import classes from './Messages.module.css'

/** All direct conversations with their last line, the newest first. */
export function ConversationList({ current, begin }: { current: string; begin: ReactNode }) {
  const { t } = useTranslation('messages')
  const { data, error, refetch } = useConversations()
  const { spaces, muted_spaces } = useUnread()
  if (error && !data) return <ErrorState error={error} retry={refetch} />
  if (!data) return <div className={classes.list}><RowSkeletons /></div>
  if (data.items.length === 0)
    return <div className={classes.list}><EmptyState Icon={IconMessageCircle} title={t('empty')} action={begin}>{t('empty_hint')}</EmptyState></div>
  return (
    <ul className={classes.list}>
      {data.items.map((space) => <li key={space.id}><Row space={space} isCurrent={space.id === current} unread={spaces[space.id] ?? 0} isMuted={muted_spaces.includes(space.id)} /></li>)}
    </ul>
  )
}

function Row({ space, isCurrent, unread, isMuted }: { space: Conversation; isCurrent: boolean; unread: number; isMuted: boolean }) {
  const { t } = useTranslation('messages')
  const me = useMe()
  const { last } = space
  const words = last && (last.state === 'removed' ? t('entries:was_removed') : inWords(last, 90) || last.files.map(({ name }) => name).join(', '))
  const said = last && (last.author === me.id ? t('you_said', { words }) : space.people.length > 1 ? t('said', { name: last.by.name.split(' ')[0], words }) : words)
  return (
    <Link to={paths.conversation(space.id)} className={classes.row} data-unread={unread > 0 || undefined} aria-current={isCurrent ? 'page' : undefined}>
      {space.people.length > 1 ? <Talkers people={space.people} size={36} /> : <Face person={space.people[0] ?? me} />}
      <span className={classes.who}><span dir="auto">{spaceName(t, space)}</span>{isMuted && <small><IconVolumeOff size={14} stroke={1.75} aria-hidden /><span className="visually-hidden">{t('spaces:muted')}</span></small>}{space.last_activity_at && <small><TimeAgo at={last?.created_at ?? space.last_activity_at} /></small>}</span>
      <span className={classes.said}><span dir="auto">{said ?? t('nothing_yet')}</span>{unread > 0 && <em>{unread > 99 ? '99+' : unread}<span className="visually-hidden"> {t('kernel:unread')}</span></em>}</span>
    </Link>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths, pathOfSpace } from '../../kernel/paths.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { spaceName } from '../../kernel/ui/audience.ts'
import { fullTime, TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { dialogs } from './dialogs.ts'
import { ImportedMark } from './ImportedMark.tsx'
import { isPending } from './sending.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; space?: SpaceCard; isUnread: boolean; level: 2 | 3; isHidden?: boolean; showTitle: boolean; hasClock?: boolean }

/** Who, what they do, when, and where: the first line of an entry. */
export function EntryHead({ entry, space, isUnread, level, isHidden, showTitle, hasClock }: Props) {
  const { t } = useTranslation('entries')
  const Name = `h${level}` as 'h2' | 'h3'
  const { by } = entry
  return (
    <div className={isHidden ? 'visually-hidden' : classes.head}>
      <Name className={classes.name} dir="auto">
        <Link to={paths.person(by.id)}>{by.name}</Link>
        {isUnread && <span className="visually-hidden">, {t('is_unread')}</span>}
      </Name>
      {by.kind === 'bot' && <span className={classes.tag}>{t('bot')}</span>}
      <span className={classes.facts}>
        {showTitle && by.title && <><span className={classes.role} dir="auto">{by.title}</span><span aria-hidden> · </span></>}
        {!isPending(entry) && <Link className={classes.time} to={paths.entry(entry.id)} title={fullTime(t, entry.created_at)}>{hasClock ? <Clock at={entry.created_at} /> : <TimeAgo at={entry.created_at} />}</Link>}
        {entry.edited_at && !isPending(entry) && (
          <button type="button" className={classes.edited} title={fullTime(t, entry.edited_at)} onClick={() => dialogs.set({ show: 'history', entry })}>
            {t('edited')}
          </button>
        )}
        {entry.imported && <><span aria-hidden> · </span><ImportedMark imported={entry.imported} isShort={!showTitle} /></>}
      </span>
      {space && (
        <Link className={classes.space} to={pathOfSpace(space, entry.author)}>
          <AudienceLabel audience={space.audience} name={spaceName(t, space)} says="name" />
        </Link>
      )}
    </div>
  )
}

/** The time of day, where the day stands above already. */
function Clock({ at }: { at: string }) {
  const { t } = useTranslation()
  return <time dateTime={at}>{new Date(at).toLocaleTimeString(t('kernel:locale'), { hour: '2-digit', minute: '2-digit' })}</time>
}

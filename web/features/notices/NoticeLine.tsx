import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { plainText } from '../../../server/kernel/text.ts'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import { fullTime, TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { ImportedMark } from '../../core/entries/ImportedMark.tsx'
import classes from './NoticeLine.module.css'

/** A quiet line of history: somebody joined, a topic changed. */
export function NoticeLine({ entry }: { entry: Entry }) {
  const { t } = useTranslation('notices')
  return (
    <div className={classes.notice} data-entry={entry.id}>
      <span dir="auto"><Link to={paths.person(entry.author)}>{entry.by.name}</Link> {entry.notice === 'claimed' ? t('claimed') : plainText(entry.body)}</span>
      {' · '}
      <Link className={classes.time} to={paths.entry(entry.id)} aria-label={fullTime(t, entry.created_at)}><TimeAgo at={entry.created_at} /></Link>
      {entry.imported && <>{' · '}<ImportedMark imported={entry.imported} isShort /></>}
    </div>
  )
}

import { Link } from '@tanstack/react-router'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { EntryItem } from './EntryItem.tsx'
import { inWords } from './in-words.ts'
import { NewLine } from './NewLine.tsx'
import classes from './EntryStrip.module.css'

type Props = {
  entry: Entry
  /** The day that begins with it. */
  day?: string
  /** How many are new from here on; 0 where it is not the first of them. */
  news: number
  /** Replies stand among everything else here: each says which thread it belongs to. */
  isAmongOthers: boolean
  /** The head of its thread, when that is known. */
  head?: Entry
} & Pick<Parameters<typeof EntryItem>[0], 'level' | 'isTarget' | 'hasClock' | 'isContinued' | 'open'>

/** A line of a strip with what stands above it. All it is given stays the same while nothing of its own changes. */
export const StripLine = memo(function StripLine({ entry, day, news, isAmongOthers, head, ...shown }: Props) {
  const { t } = useTranslation('entries')
  return (
    <>
      {day && <NewLine isQuiet>{day}</NewLine>}
      {news > 0 && <NewLine id="first-new">{t('new', { count: news })}</NewLine>}
      <EntryItem {...shown} entry={entry} root={head} as="message" context={isAmongOthers && entry.root ? <InThread root={entry.root} head={head} /> : undefined} />
    </>
  )
})

function InThread({ root, head }: { root: string; head?: Entry }) {
  const { t } = useTranslation('entries')
  const words = head ? head.title || inWords(head, 80) : ''
  return (
    <p className={classes.context}>
      <Link to="." search={((before: object) => ({ ...before, thread: root })) as never}>{words ? t('in_thread_of', { words }) : t('in_thread')}</Link>
    </p>
  )
}

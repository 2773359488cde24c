import { useTranslation } from 'react-i18next'
import list from '../../core/entries/EntryList.module.css'
import { dayAndTime } from '../../kernel/ui/TimeAgo.tsx'

/** The honest end of what is new: all of it has been seen, or there is more above that was not opened; and since when. */
export function CaughtUp({ since, isAtTop, unread }: { since: string; isAtTop: boolean; unread: number }) {
  const { t } = useTranslation('home')
  const when = t('caught_up_since', { time: dayAndTime(t, since) })
  return (
    <p className={list.caught}>
      <b>{unread > 0 ? t('new_above', { count: unread }) : t('caught_up')}</b>
      {isAtTop ? t('caught_up_earlier') : when}
    </p>
  )
}

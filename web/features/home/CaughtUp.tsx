import { useTranslation } from 'react-i18next'
import list from '../../core/entries/EntryList.module.css'
import { timeAgo } from '../../kernel/ui/TimeAgo.tsx'

/** The honest end: all that is new has been shown, and since when. */
export function CaughtUp({ since, isAtTop }: { since: string; isAtTop: boolean }) {
  const { t } = useTranslation('home')
  return (
    <p className={list.caught}>
      <b>{t('caught_up')}</b>
      {isAtTop ? t('caught_up_earlier') : t('caught_up_since', { time: timeAgo(t, since) })}
    </p>
  )
}

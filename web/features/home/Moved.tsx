import { useTranslation } from 'react-i18next'
import type { FeedEntry } from '../../kernel/types.ts'
import { timeAgo, useNow } from '../../kernel/ui/TimeAgo.tsx'
import classes from './Moved.module.css'

/** What brought a thread here, where it is not its own beginning: the newest reply. */
export function Moved({ item }: { item: FeedEntry }) {
  const { t } = useTranslation('home')
  const now = useNow()
  const [newest] = item.repliers
  if (item.active_id === item.id || !newest) return null
  return <p className={classes.moved}>{t('moved', { time: timeAgo(t, item.active_at, Math.max(now, Date.now() - 30_000)), name: newest.name })}</p>
}

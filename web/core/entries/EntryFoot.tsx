import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { Faces } from '../../kernel/ui/Avatar.tsx'
import { entryExtensions } from './extensions.ts'
import classes from './EntryItem.module.css'

type Props = { entry: Entry; root?: Entry; unread: number; open?: (id: string) => void; as: 'post' | 'message' }

/** What features put below an entry, and the way into the thread with those who are in it. */
export function EntryFoot({ entry, root, unread, open, as }: Props) {
  const { t } = useTranslation('entries')
  const hasThread = !!open && entry.root === null && (entry.reply_count > 0 || as === 'post')
  const fresh = Math.min(unread, entry.reply_count)
  const words = entry.reply_count === 0 ? t('reply') : fresh > 0
    ? t('replies_new', { count: entry.reply_count, fresh: t('fresh', { count: fresh }) }) : t('replies', { count: entry.reply_count })
  return (
    <div className={classes.foot}>
      {entryExtensions.foot.map((Foot, at) => <Foot key={at} entry={entry} root={root} />)}
      {hasThread && (
        <button type="button" className={classes.thread} data-empty={entry.reply_count === 0 || undefined} onClick={() => open(entry.id)}>
          {entry.repliers.length > 0 && <Faces people={entry.repliers} />}
          {words}
        </button>
      )}
    </div>
  )
}

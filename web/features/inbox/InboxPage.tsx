import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { markAllRead } from '../../core/entries/commands.ts'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { entryKeys } from '../../core/entries/keys.ts'
import { useWaiting } from '../../core/waiting/waiting.ts'
import { WaitingList } from '../../core/waiting/WaitingList.tsx'
import { usePages } from '../../kernel/query.ts'
import { useThread } from '../../kernel/route.ts'
import type { InboxItem } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { Page } from '../../kernel/ui/Page.tsx'
import { InboxThread } from './InboxThread.tsx'

/** What concerns me: mentions and answers, thread by thread. Read here is read everywhere. */
export function InboxPage() {
  const { t } = useTranslation('inbox')
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = usePages<InboxItem>(entryKeys.inbox, '/inbox')
  const { data: waiting } = useWaiting()
  const { inbox: unread } = useUnread()
  useEntryKeys()
  return (
    <Page title={t('title')}>
      <WaitingList />
      {unread > 0 && <div className={list.tabs}><span className={list.side}><button type="button" className="text-button" onClick={() => void markAllRead('inbox')}>{t('entries:mark_all')}</button></span></div>}
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={waiting?.count ? null : <EmptyState Icon={IconInbox} title={t('empty')}>{t('empty_hint')}</EmptyState>} end={<p className={list.end}>{t('end')}</p>}>
        <div className={list.list}>
          {items.map((item) => <InboxThread key={item.root.id} item={item} open={open} />)}
        </div>
      </EntryList>
    </Page>
  )
}

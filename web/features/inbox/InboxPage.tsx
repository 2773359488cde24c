import { IconInbox } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { entryExtensions } from '../../core/entries/extensions.ts'
import list from '../../core/entries/EntryList.module.css'
import { entryKeys } from '../../core/entries/keys.ts'
import { usePages } from '../../kernel/query.ts'
import { useThread } from '../../kernel/route.ts'
import type { InboxItem } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { InboxThread } from './InboxThread.tsx'

/** What concerns me: mentions and answers, thread by thread. Read here is read everywhere. */
export function InboxPage() {
  const { t } = useTranslation('inbox')
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = usePages<InboxItem>(entryKeys.inbox, '/inbox')
  useEntryKeys()
  return (
    <Page title={t('title')}>
      {entryExtensions.inbox.map((Waiting, at) => <Waiting key={at} />)}
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconInbox} title={t('empty')}>{t('empty_hint')}</EmptyState>} end={<p className={list.end}>{t('end')}</p>}>
        <div className={list.list}>
          {items.map((item) => <InboxThread key={item.root.id} item={item} open={open} />)}
        </div>
      </EntryList>
    </Page>
  )
}

import { useTranslation } from 'react-i18next'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { entryKeys } from '../../core/entries/keys.ts'
import { useSpaceCards } from '../../core/entries/space-cards.ts'
import { usePages } from '../../kernel/query.ts'
import { useParam, useThread } from '../../kernel/route.ts'
import type { Entry } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'

/** Everything said on a #topic, from all spaces one may read. */
export function TopicPage() {
  const { t } = useTranslation('topics')
  const name = useParam('name')
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = usePages<Entry>(entryKeys.topic(name), `/topics/${encodeURIComponent(name)}/entries`)
  const cards = useSpaceCards(items.map((entry) => entry.space))
  useEntryKeys()
  return (
    <Page title={`#${name}`}>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0} empty={<EmptyState title={t('empty')}>{t('empty_hint', { name })}</EmptyState>}>
        {items.map((entry) => <EntryItem key={entry.id} entry={entry} space={cards.get(entry.space)} open={(id) => open(entry.root ?? id)} />)}
      </EntryList>
    </Page>
  )
}

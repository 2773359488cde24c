import { Suspense, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { markAllRead } from '../../core/entries/commands.ts'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { entryExtensions } from '../../core/entries/extensions.ts'
import list from '../../core/entries/EntryList.module.css'
import { useFresh } from '../../core/entries/use-fresh.ts'
import { useHeld } from '../../core/entries/use-held.ts'
import { usePostReading } from '../../core/entries/use-post-reading.ts'
import { isAdmin } from '../../core/people/policy.ts'
import { useMySpaces } from '../../core/spaces/queries.ts'
import { loadTexts } from '../../kernel/i18n.ts'
import { later } from '../../kernel/later.ts'
import { useSetSearch, useSearchParam, useThread } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import type { FeedEntry } from '../../kernel/types.ts'
import { Page } from '../../kernel/ui/Page.tsx'
import { TabRow } from '../../kernel/ui/TabRow.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { Moved } from './Moved.tsx'
import { CaughtUp } from './CaughtUp.tsx'
import { HomeComposer } from './HomeComposer.tsx'
import { HomeEmpty } from './HomeEmpty.tsx'
import { useHome } from './queries.ts'

const FirstSteps = later(async () => {
  await loadTexts(['first-steps'])
  return (await import('./FirstSteps.tsx')).FirstSteps
})

/** Everything new in the spaces I follow. */
export function HomePage() {
  const { t } = useTranslation('home')
  const me = useMe()
  const tab = useSearchParam('show') === 'unread' ? 'unread' : 'latest'
  return (
    <Page title={t('title')}>
      <HomeComposer />
      <Suspense>
        {isAdmin(me) && <FirstSteps />}
        {tab === 'latest' && entryExtensions.home.map((Begin, at) => <Begin key={at} />)}
      </Suspense>
      <Tabs tab={tab} />
      <Feed key={tab} tab={tab} />
    </Page>
  )
}

function Tabs({ tab }: { tab: 'latest' | 'unread' }) {
  const { t } = useTranslation('home')
  const setSearch = useSetSearch()
  const unread = useUnreadAtHome()
  const tabs = (['latest', 'unread'] as const).map((name) => ({ name, label: t(name) }))
  return (
    <div className={list.tabs} role="group" aria-label={t('show')}>
      <TabRow tabs={tabs} shown={tab} more={t('entries:more_views')} choose={(name) => void setSearch({ show: name === 'unread' ? name : undefined }, true)} />
      {unread > 0 && <span className={list.side}>{t('unread_count', { count: unread })} <button type="button" className="text-button" onClick={() => void markAllRead('home')}>{t('entries:mark_all')}</button></span>}
    </div>
  )
}

/** How much is unread in the spaces I follow. */
function useUnreadAtHome() {
  const { spaces } = useUnread()
  const { data: mine = [] } = useMySpaces()
  return mine.reduce((sum, { id }) => sum + (spaces[id] ?? 0), 0)
}

function Feed({ tab }: { tab: 'latest' | 'unread' }) {
  const { t } = useTranslation('home')
  const me = useMe()
  const { open } = useThread()
  const { items, isLoading, error, refetch, ...paging } = useHome(tab)
  const { held, waiting, release } = useHeld(items, (item) => item.unread > 0)
  const lines = useRef<HTMLDivElement>(null)
  useEntryKeys()
  usePostReading(lines, held, me.id)
  const unread = useUnreadAtHome()
  const boundary = useBoundary(held, tab === 'latest')
  return (
    <>
      {waiting > 0 && <button type="button" className={list.pill} onClick={release}>{t('waiting', { count: waiting })}</button>}
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={held.length === 0} empty={<HomeEmpty tab={tab} />}
        end={tab === 'latest' ? <p className={list.end}>{t('beginning')}</p> : <p className={list.end}>{t('unread_end')}</p>}>
        <div ref={lines} className={list.ruled}>
          {held.map((item, at) => (
            <div key={item.id}>
              {at === boundary && <CaughtUp since={item.active_at} isAtTop={at === 0} unread={unread} />}
              <EntryItem entry={item} space={item.space_card} unread={item.unread} open={open} />
              <Moved item={item} />
            </div>
          ))}
        </div>
      </EntryList>
    </>
  )
}

/** Where what was new at first sight ends; -1 when no line is to be drawn. */
function useBoundary(items: FeedEntry[], isWanted: boolean) {
  const fresh = useFresh(items, (item) => item.unread > 0)
  const last = items.findLastIndex((item) => fresh.has(item.id))
  return isWanted && last + 1 < items.length ? last + 1 : -1
}

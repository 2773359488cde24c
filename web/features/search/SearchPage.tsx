import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { announce } from '../../kernel/announce.tsx'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import type { FoundEntry } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Experts } from './Experts.tsx'
import { Found, Marked } from './Found.tsx'
import { QueryChips } from './QueryChips.tsx'
import { SearchBox } from './SearchBox.tsx'
import { SearchHelp } from './SearchHelp.tsx'
import { type Meaning, useFound } from './queries.ts'
import classes from './Search.module.css'

/** Finds in everything one may read. */
export function SearchPage() {
  const { t } = useTranslation('search')
  const q = useSearchParam('q') ?? ''
  const setSearch = useSetSearch()
  const [typed, setTyped] = useState(q)
  const box = useRef<HTMLInputElement>(null)
  useEffect(() => setTyped(q), [q])
  useEffect(() => {
    if (!q) box.current?.focus()
  }, [])
  useShortcuts([{ keys: '/', label: 'search:keys.focus', group: 'kernel:keys.here', run: () => box.current?.focus() }])
  const submit = (next: string) => void setSearch({ q: next.trim() || undefined })
  const begin = (modifier: string) => {
    setTyped((now) => `${now.trimEnd()} ${modifier}`.trimStart())
    box.current?.focus()
  }
  return (
    <Page title={t('title')}>
      <SearchBox box={box} typed={typed} change={setTyped} submit={submit} />
      {!q && <SearchHelp add={begin} isOpen />}
      {q && <Results q={q} search={submit} begin={begin} />}
    </Page>
  )
}

// After so many results it is told whom one could ask.
const BEFORE_EXPERTS = 5

function Results({ q, search, begin }: { q: string; search: (q: string) => void; begin: (modifier: string) => void }) {
  const { t } = useTranslation('search')
  const { open } = useThread()
  const { items, total, named, unknown, instead, isLoading, error, refetch, ...paging } = useFound(q)
  useEntryKeys()
  const count = total === undefined ? '' : total >= 1000 ? t('many') : t('count', { count: total })
  useEffect(() => {
    if (count) announce(count)
  }, [count])
  const show = (entry: FoundEntry) => (
    <EntryItem key={entry.id} entry={entry} space={entry.space_card} open={(id) => open(entry.root ? entry.id : id)}
      title={<Marked text={entry.title ?? ''} marks={entry.excerpt.title_marks} />} found={<Found {...entry.excerpt} go={() => open(entry.id)} />} />
  )
  return (
    <>
      <QueryChips q={q} named={named} change={search} begin={begin} />
      <Remarks q={q} named={named} unknown={unknown} instead={instead} />
      <p className={classes.count}>{total !== 0 && count}</p>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0} empty={<EmptyState Icon={IconSearch} title={t('none')}>{t('none_hint')}</EmptyState>}>
        <div className={list.ruled}>
          {items.slice(0, BEFORE_EXPERTS).map(show)}
          <Experts q={instead ?? q} />
          {items.slice(BEFORE_EXPERTS).map(show)}
        </div>
      </EntryList>
    </>
  )
}

/** What was not taken as it was written: a name nobody has, a modifier that is none, a word with a typing error. */
function Remarks({ q, named, unknown, instead }: { q: string; named: Meaning[]; unknown: string[]; instead: string | null }) {
  const { t } = useTranslation('search')
  const nobody = named.filter(({ count }) => count === 0)
  if (!nobody.length && !unknown.length && !instead) return null
  return (
    <div className={classes.remarks} role="status">
      {instead && <p>{t('instead')} <b dir="auto">{instead}</b>. <span className="quiet">{t('instead_of', { q })}</span></p>}
      {nobody.map(({ by, name }) => <p key={by + name}>{t(by === 'in' ? 'no_space' : 'no_person', { name })}</p>)}
      {unknown.map((part) => <p key={part}>{t('unknown', { part })}</p>)}
    </div>
  )
}

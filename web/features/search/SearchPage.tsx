import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { announce } from '../../kernel/announce.tsx'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { Experts } from './Experts.tsx'
import { Found, Marked } from './Found.tsx'
import { SearchHelp } from './SearchHelp.tsx'
import { useFound } from './queries.ts'
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
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void setSearch({ q: typed.trim() || undefined })
  }
  const add = (operator: string) => {
    setTyped((now) => `${now.trimEnd()} ${operator}`.trimStart())
    box.current?.focus()
  }
  return (
    <Page title={t('title')}>
      <form role="search" className={classes.box} onSubmit={submit}>
        <IconSearch size={18} stroke={1.75} aria-hidden />
        <input ref={box} type="search" value={typed} placeholder={t('hint')} aria-label={t('hint')} enterKeyHint="search" onChange={(event) => setTyped(event.target.value)} />
      </form>
      <SearchHelp add={add} isOpen={!q} />
      {q && <Results q={q} />}
    </Page>
  )
}

function Results({ q }: { q: string }) {
  const { t } = useTranslation('search')
  const { open } = useThread()
  const { items, total, isLoading, error, refetch, ...paging } = useFound(q)
  useEntryKeys()
  const count = total === undefined ? '' : total >= 1000 ? t('many') : t('count', { count: total })
  useEffect(() => {
    if (count) announce(count)
  }, [count])
  return (
    <>
      <Experts q={q} />
      <p className={classes.count}>{total !== 0 && count}</p>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0} empty={<EmptyState Icon={IconSearch} title={t('none')}>{t('none_hint')}</EmptyState>}>
        <div className={list.ruled}>
          {items.map((entry) => (
            <EntryItem key={entry.id} entry={entry} space={entry.space_card} open={(id) => open(entry.root ? entry.id : id)}
              title={<Marked text={entry.title ?? ''} marks={entry.excerpt.title_marks} />} found={<Found {...entry.excerpt} go={() => open(entry.id)} />} />
          ))}
        </div>
      </EntryList>
    </>
  )
}

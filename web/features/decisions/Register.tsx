import { IconGavel } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { type State, useRegister } from './queries.ts'
import classes from './Decisions.module.css'

const STATES = ['open', 'decided', 'undecided', 'superseded'] as const

/** What is to be decided, and what was: of a space, or of all that one reads (`space` is null). */
export function Register({ space }: { space: string | null }) {
  const { t } = useTranslation('deciding')
  const setSearch = useSetSearch()
  const { open } = useThread()
  const wished = useSearchParam('state')
  const state = wished === 'every' ? null : (STATES.find((one) => one === wished) ?? 'open')
  const { items, isLoading, error, refetch, ...paging } = useRegister(space, state)
  useEntryKeys()
  const choice = (name: State | null) => (
    <button key={name ?? 'every'} type="button" className={list.tab} data-text={t(`states.${name ?? 'every'}`)} aria-pressed={state === name} onClick={() => void setSearch({ state: name === 'open' ? undefined : name ?? 'every' }, true)}>{t(`states.${name ?? 'every'}`)}</button>
  )
  return (
    <>
      <div className={`${list.tabs} ${classes.tools}`} role="group" aria-label={t('which')}>{[...STATES, null].map(choice)}</div>
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconGavel} title={t(`none.${state ?? 'every'}`)}>{t('none_hint')}</EmptyState>}>
        <div className={list.ruled}>{items.map((entry) => <EntryItem key={entry.id} entry={entry} space={space ? undefined : entry.space_card} open={open} />)}</div>
      </EntryList>
    </>
  )
}

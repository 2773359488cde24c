import { IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { ListTools } from '../../core/entries/ListTools.tsx'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { useRegister } from './queries.ts'

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
  return (
    <>
      <ListTools label={t('which')} choices={[...STATES, 'every'].map((name) => ({ name, label: t(`states.${name}`) }))} shown={state ?? 'every'}
        choose={(name) => void setSearch({ state: name === 'open' ? undefined : name }, true)} />
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconScale} title={t(`none.${state ?? 'every'}`)}>{t('none_hint')}</EmptyState>}>
        <div className={list.ruled}>{items.map((entry) => <EntryItem key={entry.id} entry={entry} space={space ? undefined : entry.space_card} open={open} />)}</div>
      </EntryList>
    </>
  )
}

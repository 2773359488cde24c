import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { ListTools, useWords } from '../../core/entries/ListTools.tsx'
import { usePending } from '../../core/entries/sending.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import type { State } from './apply.ts'
import { FactRow } from './FactRow.tsx'
import { useFacts, useFresh, useLooking, usePosition } from './queries.ts'
import classes from './Facts.module.css'

const STATES = ['all', 'disputed', 'stale'] as const

// So that one can also answer once there is no connection.
const prepare = () => void import('./AnswerDialog.tsx').catch(() => {})

/** What holds in a space, on one screen: first what changed since I last looked. */
export function FactsTab({ space, views }: { space: Space; views: ReactNode }) {
  const { t } = useTranslation('fact-cards')
  const setSearch = useSetSearch()
  const asked = useSearchParam('state')
  const state: State = STATES.find((one) => one === asked) ?? 'all'
  const words = useWords()
  const { q } = words
  const { items, data, isLoading, error, refetch, ...paging } = useFacts(space.id, state, q)
  const position = usePosition(data?.pages[0])
  const isWhole = state === 'all' && !q
  const { items: all, ...more } = useFresh(space.id, position)
  const fresh = isWhole ? all : []
  useLooking(space.id, !isWhole || position === undefined ? undefined : position ? fresh.at(-1)?.changed : items[0]?.changed)
  const pending = usePending({ space: space.id, root: null }).filter(({ kind }) => kind === 'fact')
  const rest = fresh.length > 0 ? items.filter(({ changed }) => changed <= position!) : items
  useEffect(prepare, [])
  return (
    <>
      {space.my.may_post && (
        <Composer place={`space/${space.id}`} space={space.id} audience={space.audience} placeholder={t('write', { name: space.name })} action={t('facts:say')} kinds={kindsIn(space.kind)} kind="fact" to={{ space: space.id, root: null }} />
      )}
      {views}
      <ListTools label={t('which')} choices={STATES.map((name) => ({ name, label: t(`show.${name}`) }))} shown={state}
        choose={(name) => void setSearch({ state: name === 'all' ? undefined : name }, true)} find={{ words, label: t('find') }} />
      {pending.map((entry) => <EntryItem key={entry.id} entry={entry} />)}
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={IconRosetteDiscountCheck} title={t(q ? 'none_found' : `none_${state}`)}>{t(q ? 'none_found_hint' : `none_${state}_hint`)}</EmptyState>}>
        {fresh.length > 0 && <Rows label={t('fresh', { count: fresh.length })} items={fresh} space={space.id} />}
        {isWhole && <MoreButton list={more} />}
        {rest.length > 0 && <Rows label={fresh.length > 0 ? t('seen_before') : ''} items={rest} space={space.id} />}
      </EntryList>
    </>
  )
}

function Rows({ label, items, space }: { label: string; items: ReturnType<typeof useFacts>['items']; space: string }) {
  return (
    <>
      {label && <h2 className={classes.part}>{label}</h2>}
      <ul className={classes.board} aria-label={label || undefined}>{items.map((now) => <FactRow key={now.id} now={now} space={space} />)}</ul>
    </>
  )
}

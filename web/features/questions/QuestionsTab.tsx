import { IconChecks, IconHelpCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { useEntryKeys } from '../../core/entries/entry-keys.ts'
import { EntryList } from '../../core/entries/EntryList.tsx'
import list from '../../core/entries/EntryList.module.css'
import { kindsIn } from '../../core/entries/kinds.ts'
import { ListTools } from '../../core/entries/ListTools.tsx'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { useQuestions } from './queries.ts'

const STATES = ['unanswered', 'answered'] as const

/** What is asked in a space: first what waits for an answer. */
export function QuestionsTab({ space, views }: { space: Space; views: ReactNode }) {
  const { t } = useTranslation('questions')
  const setSearch = useSetSearch()
  const { open } = useThread()
  const state = useSearchParam('state') === 'answered' ? 'answered' : 'unanswered'
  const { items, isLoading, error, refetch, ...paging } = useQuestions(space.id, state)
  useEntryKeys()
  return (
    <>
      {space.my.may_post && (
        <Composer place={`space/${space.id}`} space={space.id} audience={space.audience} placeholder={t('ask_space', { name: space.name })} action={t('ask')} kinds={kindsIn(space.kind)} kind="question" to={{ space: space.id, root: null }} />
      )}
      {views}
      <ListTools label={t('which')} choices={STATES.map((name) => ({ name, label: t(name) }))} shown={state}
        choose={(name) => void setSearch({ state: name === 'answered' ? name : undefined }, true)} />
      <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0}
        empty={<EmptyState Icon={state === 'unanswered' ? IconChecks : IconHelpCircle} title={t(`none_${state}`)}>{t(`none_${state}_hint`)}</EmptyState>}>
        <div className={list.ruled}>
          {items.map((entry) => <EntryItem key={entry.id} entry={entry} open={open} />)}
        </div>
      </EntryList>
    </>
  )
}

import { NativeSelect } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PRIORITIES } from '../../../server/features/tasks/policy.ts'
import { Composer } from '../../core/entries/composer/Composer.tsx'
import { EntryItem } from '../../core/entries/EntryItem.tsx'
import { EntryList } from '../../core/entries/EntryList.tsx'
import { kindsIn } from '../../core/entries/kinds.ts'
import { ListTools, useWords } from '../../core/entries/ListTools.tsx'
import { usePending } from '../../core/entries/sending.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Space } from '../../kernel/types.ts'
import type { Shown } from './apply.ts'
import { NoTasks } from './NoTasks.tsx'
import { useTasks } from './queries.ts'
import { TaskBoard } from './TaskBoard.tsx'
import { TaskCalendar } from './TaskCalendar.tsx'
import { TaskLine } from './TaskLine.tsx'
import classes from './Tasks.module.css'

const SHOWN = ['board', 'calendar', 'due', 'age', 'ended'] as const

/** What is to be done in a space: a board by how far it is, a calendar, or a list. */
export function TasksTab({ space, views }: { space: Space; views: ReactNode }) {
  const { t } = useTranslation('task-cards')
  const me = useMe()
  const setSearch = useSetSearch()
  const asked = useSearchParam('show')
  const view = SHOWN.find((one) => one === asked) ?? 'board'
  const words = useWords()
  const { q } = words
  const [whose, pressing] = [useSearchParam('whose') ?? '', useSearchParam('priority') ?? '']
  const shown: Shown = { ...(q && { q }), ...(whose && { assignee: whose === 'me' ? me.id : 'nobody' }), ...(pressing && { priority: pressing }) }
  const pending = usePending({ space: space.id, root: null }).filter(({ kind }) => kind === 'task')
  return (
    <>
      {space.my.may_post && (
        <Composer place={`tasks/${space.id}`} space={space.id} audience={space.audience} placeholder={t('write', { name: space.name })} action={t('tasks:give')} kinds={kindsIn(space.kind)} kind="task" to={{ space: space.id, root: null }} />
      )}
      {views}
      <ListTools label={t('which')} choices={SHOWN.map((name) => ({ name, label: t(`show.${name}`) }))} shown={view}
        choose={(name) => void setSearch({ show: name === 'board' ? undefined : name }, true)} find={{ words, label: t('find') }} />
      <div className={classes.filters}>
        <NativeSelect size="sm" aria-label={t('whose')} value={whose} onChange={(event) => void setSearch({ whose: event.currentTarget.value || undefined }, true)}
          data={['', 'me', 'nobody'].map((value) => ({ value, label: t(`of.${value || 'all'}`) }))} />
        <NativeSelect size="sm" aria-label={t('how_pressing')} value={pressing} onChange={(event) => void setSearch({ priority: event.currentTarget.value || undefined }, true)}
          data={['', ...PRIORITIES].map((value) => ({ value, label: t(value ? `priority.${value}` : 'any_priority') }))} />
      </div>
      {pending.map((entry) => <EntryItem key={entry.id} entry={entry} />)}
      {view === 'board' ? <TaskBoard space={space} shown={shown} /> : view === 'calendar' ? <TaskCalendar space={space} shown={shown} /> : <TaskList space={space.id} view={view} shown={shown} />}
    </>
  )
}

const LISTS = { due: ['due', 'active'], age: ['age', 'active'], ended: ['since', 'done'] } as const

function TaskList({ space, view, shown }: { space: string; view: keyof typeof LISTS; shown: Shown }) {
  const { t } = useTranslation('task-cards')
  const [order, state] = LISTS[view]
  const { items, isLoading, error, refetch, ...paging } = useTasks(space, order, { state, ...shown })
  return (
    <EntryList {...paging} isLoading={isLoading} error={error} refetch={() => void refetch()} isEmpty={items.length === 0} empty={<NoTasks shown={shown} />}>
      <ul className={classes.lines} aria-label={t(`show.${view}`)}>{items.map((entry) => <TaskLine key={entry.id} entry={entry} />)}</ul>
    </EntryList>
  )
}

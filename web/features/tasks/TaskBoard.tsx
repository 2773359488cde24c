import { memo, useCallback, type DragEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { canWork, type State, STATES } from '../../../server/features/tasks/policy.ts'
import { useSearchParam, useSetSearch, useThread } from '../../kernel/route.ts'
import type { Entry, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import type { Shown } from './apply.ts'
import { move } from './commands.ts'
import { useFollowFocus } from './follow-focus.ts'
import { Faces, Marks } from './Marks.tsx'
import { NoTasks } from './NoTasks.tsx'
import { useBoard } from './queries.ts'
import { STATE_ICON } from './say.ts'
import { StateMenu } from './StateMenu.tsx'
import classes from './Tasks.module.css'

const KIND = 'application/x-folkmoot-task'

/** The tasks of a space by how far they are: beside each other where there is room, else one state at a time. */
export function TaskBoard({ space, shown }: { space: Space; shown: Omit<Shown, 'state'> }) {
  const { t } = useTranslation('task-cards')
  const setSearch = useSetSearch()
  const asked = useSearchParam('state')
  const board = useBoard(space.id, shown)
  const columns = STATES.map((state) => ({ state, list: board[state] }))
  const follow = useFollowFocus()
  const moveTo = useCallback((entry: Entry, state: State) => {
    if (document.activeElement?.closest(`[data-entry="${entry.id}"]`)) follow(`[data-board] [data-state="${state}"] [data-entry="${entry.id}"] h3 button`)
    move(entry, state)
  }, [follow])
  const drop = (state: State) => (event: DragEvent) => {
    const dragged = event.dataTransfer.getData(KIND)
    if (!dragged) return
    event.preventDefault()
    const entry = columns.flatMap(({ list }) => list.items).find(({ id }) => id === dragged)
    if (entry) moveTo(entry, state)
  }
  const failed = columns.find(({ list }) => list.error && !list.data)
  if (failed) return <ErrorState error={failed.list.error} retry={() => columns.forEach(({ list }) => void list.refetch())} />
  if (columns.some(({ list }) => list.isLoading)) return <EntrySkeletons />
  if (columns.every(({ list }) => list.items.length === 0)) return <NoTasks shown={shown} />
  const state = STATES.find((one) => one === asked) ?? columns.find(({ list }) => list.items.length)!.state
  const many = ({ list: { items, hasNextPage } }: (typeof columns)[number]) => `${items.length}${hasNextPage ? '+' : ''}`
  return (
    <div className={classes.room} data-board>
      <div className={classes.chooser} role="group" aria-label={t('which_state')}>
        {columns.map((column) => <button key={column.state} type="button" className={classes.button} aria-pressed={column.state === state} onClick={() => void setSearch({ state: column.state }, true)}>{t(`state.${column.state}`)} <b>{many(column)}</b></button>)}
      </div>
      <p className="visually-hidden" id="task-keys">{t('keys')}</p>
      <div className={classes.board}>
        {columns.map((column) => (
          <section key={column.state} className={classes.column} data-state={column.state} data-chosen={column.state === state || undefined} aria-label={t(`state.${column.state}`)}
            onDragOver={(event) => event.dataTransfer.types.includes(KIND) && event.preventDefault()} onDrop={drop(column.state)}>
            <Column space={space} state={column.state} many={many(column)} list={column.list} moveTo={moveTo} />
          </section>
        ))}
      </div>
    </div>
  )
}

type MoveTo = (entry: Entry, state: State) => void
type ColumnProps = { space: Space; state: State; many: string; list: ReturnType<typeof useBoard>[State]; moveTo: MoveTo }

function Column({ space, state, many, list: { items, hasNextPage, isFetchingNextPage, fetchNextPage }, moveTo }: ColumnProps) {
  const { t } = useTranslation('task-cards')
  const Icon = STATE_ICON[state]
  return (
    <>
      <h2><Icon size={16} stroke={1.75} aria-hidden />{t(`state.${state}`)} <span>{many}</span></h2>
      {items.length === 0 ? <p className={classes.nothing}>{t('nothing_here')}</p> : <ul>{items.map((entry) => <BoardCard key={entry.id} entry={entry} may={canWork(entry, space)} moveTo={moveTo} />)}</ul>}
      {hasNextPage && <button type="button" className="text-button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t('kernel:more_items')}</button>}
    </>
  )
}

/** One task, in few words; dragged, or moved with Alt and the arrows, or by its menu. */
const BoardCard = memo(function BoardCard({ entry, may, moveTo }: { entry: Entry; may: boolean; moveTo: MoveTo }) {
  const { open } = useThread()
  const task = entry.task!
  const press = (event: KeyboardEvent) => {
    const by = event.altKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined
    const to = by && STATES[STATES.indexOf(task.state) + by]
    if (!may || !by) return
    event.preventDefault()
    if (to) moveTo(entry, to)
  }
  return (
    <li className={classes.card} data-entry={entry.id} draggable={may} onKeyDown={press}
      onDragStart={({ dataTransfer }) => { dataTransfer.setData(KIND, entry.id); dataTransfer.effectAllowed = 'move' }}>
      <h3><button type="button" aria-keyshortcuts={may ? 'Alt+ArrowLeft Alt+ArrowRight' : undefined} aria-describedby={may ? 'task-keys' : undefined} onClick={() => void open(entry.id)} dir="auto">{entry.title}</button></h3>
      <p className={classes.marks}><Marks task={task} /></p>
      <div className={classes.foot}><Faces task={task} />{may && <StateMenu entry={entry} moveTo={(state) => moveTo(entry, state)} />}</div>
    </li>
  )
})

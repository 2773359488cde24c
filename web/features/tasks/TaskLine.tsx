import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { canWork, isEnd } from '../../../server/features/tasks/policy.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry, SpaceCard } from '../../kernel/types.ts'
import { move } from './commands.ts'
import { Faces, Marks } from './Marks.tsx'
import { STATE_ICON } from './say.ts'
import classes from './Tasks.module.css'

/** One task in a row of many: done with one press, opened with another. */
export const TaskLine = memo(function TaskLine({ entry, space }: { entry: Entry; space?: SpaceCard }) {
  const { t } = useTranslation('task-cards')
  const { open } = useThread()
  const { data: at } = useSpace(entry.space)
  const task = entry.task!
  const Icon = STATE_ICON[task.state]
  const ended = isEnd(task.state)
  return (
    <li className={classes.taskline} data-entry={entry.id} data-state={task.state}>
      <button type="button" className={classes.check} disabled={!at || !canWork(entry, at)} aria-pressed={ended} aria-label={t(ended ? 'reopen_one' : 'finish_one', { title: entry.title })}
        onClick={() => move(entry, ended ? 'open' : 'done')}><Icon size={20} stroke={1.75} aria-hidden /></button>
      <div>
        <button type="button" className={classes.opens} onClick={() => void open(entry.id)} dir="auto">{entry.title}</button>
        <p className={classes.marks}><Faces task={task} /><Marks task={task} />{space && <span dir="auto">{space.name}</span>}</p>
      </div>
    </li>
  )
})

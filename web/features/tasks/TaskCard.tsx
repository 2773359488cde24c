import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconArrowBackUp, IconHourglass, IconPencil, IconSubtask } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { canWork, isEnd } from '../../../server/features/tasks/policy.ts'
import type { CardProps } from '../../core/entries/kinds.ts'
import { useSpace } from '../../core/spaces/queries.ts'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry } from '../../kernel/types.ts'
import { changeNow, tick } from './commands.ts'
import { Faces, Marks, StateChip } from './Marks.tsx'
import { useEntry } from './queries.ts'
import { StateMenu } from './StateMenu.tsx'
import { Subtasks } from './Subtasks.tsx'
import classes from './Tasks.module.css'

/** A task: how far it is, whose and by when; its checklist and parts, what it waits for, and what one does about it. `open` is absent in its own thread, where all of it stands. */
export function TaskCard({ entry, open, children }: CardProps) {
  const { t } = useTranslation('task-cards')
  const { data: space } = useSpace(entry.space)
  const { task } = entry
  if (!task) return children
  const may = !!space && canWork(entry, space)
  return (
    <div className={classes.task}>
      <p className={classes.marks}><StateChip state={task.state} /><Faces task={task} /><Marks task={task} /></p>
      {children}
      {task.subtask_of && <Note Icon={IconSubtask}>{t('part_of')} <Title id={task.subtask_of} /></Note>}
      {task.from && <Note Icon={IconArrowBackUp}><Link to={paths.entry(task.from)}>{t('from')}</Link></Note>}
      {task.blocked_by.map((id) => <Note key={id} Icon={IconHourglass}>{t('waits_for')} <Title id={id} withState /></Note>)}
      {task.checklist.length > 0 && (
        <ul className={classes.checklist} aria-label={t('checklist')}>
          {task.checklist.map((item) => <li key={item.id}><Checkbox size="sm" label={item.text} checked={item.done} disabled={!may} onChange={(event) => tick(entry, item.id, event.currentTarget.checked)} /></li>)}
        </ul>
      )}
      {!open && <Subtasks entry={entry} may={may} />}
      {may && <Buttons entry={entry} />}
    </div>
  )
}

/** The first thing that one does about it, any state, and the rest in a dialog. */
function Buttons({ entry }: { entry: Entry }) {
  const { t } = useTranslation('task-cards')
  const me = useMe()
  const task = entry.task!
  const isMine = task.assignees.some(({ id }) => id === me.id)
  const take = () => changeNow(entry, { assignees: [...task.assignees.map(({ id }) => id), me.id] }, { assignees: [...task.assignees, me].sort((a, b) => (a.id < b.id ? -1 : 1)) })
  return (
    <div className={classes.buttons}>
      <StateMenu entry={entry} />
      {!isMine && !isEnd(task.state) && <button type="button" className={classes.button} onClick={() => void take()}>{t('take')}</button>}
      <button type="button" className={classes.button} onClick={() => void showDialog(() => import('./TaskDialog.tsx').then((file) => file.TaskDialog), { entry })}><IconPencil size={16} stroke={1.75} aria-hidden />{t('change')}</button>
    </div>
  )
}

function Note({ Icon, children }: { Icon: typeof IconSubtask; children: ReactNode }) {
  return <p className={classes.note}><Icon size={15} stroke={1.75} aria-hidden /><span>{children}</span></p>
}

/** Another task, by its title as it is now. */
function Title({ id, withState }: { id: string; withState?: boolean }) {
  const { t } = useTranslation('task-cards')
  const { data } = useEntry(id)
  return <><Link to={paths.entry(id)} dir="auto">{data?.title || t('another')}</Link>{withState && data?.task && <> <StateChip state={data.task.state} /></>}</>
}

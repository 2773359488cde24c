import { TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendNow } from '../../core/entries/outbox.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useCommand } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { useTasks } from './queries.ts'
import { TaskLine } from './TaskLine.tsx'
import classes from './Tasks.module.css'

/** The parts of a task, each a task of its own, and a field for one more. */
export function Subtasks({ entry, may }: { entry: Entry; may: boolean }) {
  const { task } = entry
  return (
    <>
      {task!.subtasks.all > 0 && <Parts entry={entry} />}
      {may && !task!.subtask_of && <NewPart entry={entry} />}
    </>
  )
}

function Parts({ entry }: { entry: Entry }) {
  const { t } = useTranslation('task-cards')
  const { items } = useTasks(entry.space, 'age', { subtask_of: entry.id })
  return <ul className={classes.lines} aria-label={t('subtasks')}>{items.toReversed().map((one) => <TaskLine key={one.id} entry={one} />)}</ul>
}

function NewPart({ entry }: { entry: Entry }) {
  const { t } = useTranslation('task-cards')
  const [title, setTitle] = useState<string | null>(null)
  const go = useCommand({
    run: () => sendNow({ space: entry.space, root: null }, { kind: 'task', facts: { subtask_of: entry.id }, title: title!, body: '', files: [] }),
    done: () => setTitle(''),
  })
  if (title === null) return <button type="button" className={`text-button ${classes.more}`} onClick={() => setTitle('')}><IconPlus size={15} stroke={1.75} aria-hidden />{t('add_subtask')}</button>
  return (
    <form className={classes.part} onSubmit={(event) => { event.preventDefault(); if (title.trim()) go.mutate() }}>
      <TextInput size="sm" autoFocus aria-label={t('subtask')} placeholder={t('subtask_hint')} maxLength={200} value={title} onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); setTitle(null) } }} />
      {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
    </form>
  )
}

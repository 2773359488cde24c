import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { reasonOf } from '../../kernel/reason.ts'
import { useCommand } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Blockers } from './Blockers.tsx'
import { change } from './commands.ts'
import { TaskFields, type TaskWritten } from './TaskFields.tsx'
import classes from './Tasks.module.css'

type Written = TaskWritten & { checklist: string; blocked_by: string[]; reason: string }

/** Changes what belongs to a task; only what is different is sent, so that two who change different things do not undo each other. */
export function TaskDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('task-cards')
  const task = entry.task!
  const [before] = useState<Written>({
    assignees: task.assignees.map(({ id }) => id), due: task.due, priority: task.priority, estimate: task.estimate, repeats: task.repeats,
    checklist: task.checklist.map(({ text }) => text).join('\n'), blocked_by: task.blocked_by, reason: '',
  })
  const [written, setWritten] = useState(before)
  const go = useCommand({ run: () => change(entry.id, changed(before, written, entry)), done: close })
  return (
    <Dialog close={close} title={t('change_title')} size="lg">
      <p className={classes.asked} dir="auto">{entry.title}</p>
      <form onSubmit={(event) => { event.preventDefault(); go.mutate() }}>
        <Stack gap="md">
          <TaskFields space={entry.space} facts={written} setFacts={(facts) => setWritten(facts as Written)} chosen={task.assignees} />
          <Textarea label={t('checklist')} description={t('checklist_hint')} autosize minRows={2} maxRows={12} value={written.checklist} onChange={(event) => setWritten({ ...written, checklist: event.currentTarget.value })} />
          <Blockers entry={entry} value={written.blocked_by} onChange={(blocked_by) => setWritten({ ...written, blocked_by })} />
          <Textarea label={t('reason')} description={t('reason_hint')} autosize minRows={1} maxLength={2000} value={written.reason} onChange={(event) => setWritten({ ...written, reason: event.currentTarget.value })} />
          {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" loading={go.isPending}>{t('save')}</Button>
        </Group>
      </form>
    </Dialog>
  )
}

/** What is different now. Points that stay as they were written keep their ids and ticks. */
function changed(before: Written, { checklist, ...written }: Written, { task }: Entry) {
  const different = Object.fromEntries(Object.entries(written).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof Written])))
  if (checklist === before.checklist) return different
  const left = [...task!.checklist]
  const items = checklist.split('\n').map((text) => text.trim()).filter(Boolean).map((text) => {
    const at = left.findIndex((item) => item.text === text)
    return at < 0 ? { text, done: false } : left.splice(at, 1)[0]
  })
  return { ...different, checklist: items }
}

import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isDay, PRIORITIES, type Priority } from '../../../server/features/tasks/policy.ts'
import type { FieldsProps } from '../../core/entries/kinds.ts'
import { PeoplePicker } from '../../core/people/PeoplePicker.tsx'
import { momentAt, shownIn } from '../../kernel/moments.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import type { PersonCard } from '../../kernel/types.ts'
import { dayOf, RULES, sayRule } from './say.ts'
import classes from './Tasks.module.css'

export type TaskWritten = { assignees?: string[]; due?: string | null; priority?: Priority; estimate?: number | null; repeats?: string | null }

/** What belongs to a task beside its words: whose it is, by when, how pressing, and how much work it is. */
export function TaskFields({ space, facts, setFacts, chosen }: Omit<FieldsProps, 'title'> & { chosen?: PersonCard[] }) {
  const { t } = useTranslation('task-cards')
  const written = facts as TaskWritten
  const [isMore, setMore] = useState(!!written.estimate)
  const set = (change: TaskWritten) => setFacts({ ...facts, ...change })
  return (
    <div className={classes.fields}>
      <PeoplePicker label={t('assignees')} space={space} withMe chosen={chosen} value={written.assignees ?? []} onChange={(assignees) => set({ assignees })} />
      <DueField due={written.due ?? null} onChange={(due) => set(due ? { due } : { due, repeats: null })} />
      <NativeSelect label={t('how_pressing')} value={written.priority ?? 'normal'} data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
        onChange={(event) => set({ priority: event.currentTarget.value as Priority })} />
      <NativeSelect label={t('repeats.label')} value={written.repeats ?? ''} disabled={!written.due} data={rulesFor(written.repeats ?? '').map((value) => ({ value, label: value ? sayRule(value) : t('repeats.never') }))}
        onChange={(event) => set({ repeats: event.currentTarget.value || null })} />
      {isMore ? (
        <NumberInput label={t('estimate')} value={written.estimate ? written.estimate / 60 : ''} min={0} max={8000} step={0.5} decimalScale={2} onChange={(hours) => set({ estimate: Number(hours) ? Math.round(Number(hours) * 60) : null })} />
      ) : <button type="button" className={`text-button ${classes.more}`} onClick={() => setMore(true)}>{t('more')}</button>}
    </div>
  )
}

/** What can be chosen: the usual rules, and the one that it has. */
const rulesFor = (own: string) => [...new Set(['', ...Object.values(RULES), own])]

/** A day, and a time of it where one is meant. */
export function DueField({ due, onChange }: { due: string | null; onChange: (due: string | null) => void }) {
  const { t } = useTranslation('task-cards')
  const zone = useTimeZone()
  const [day, time] = due ? [dayOf(due, zone), isDay(due) ? '' : shownIn(zone, Date.parse(due)).slice(11)] : ['', '']
  const take = (on: string, at: string) => onChange(!on ? null : at ? momentAt(zone, `${on}T${at}`).toISOString() : on)
  return (
    <div className={classes.due}>
      <TextInput type="date" label={t('due_on')} value={day} max="2099-12-31" onChange={(event) => take(event.currentTarget.value, time)} />
      <TextInput type="time" label={t('due_at')} value={time} disabled={!day} onChange={(event) => take(day, event.currentTarget.value)} />
    </div>
  )
}

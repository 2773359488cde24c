import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from './Act.tsx'
import { tellOutcome } from './commands.ts'
import type { DecisionFacts, DecisionView } from './queries.ts'
import classes from './Decisions.module.css'

type Props = { id: string; facts: DecisionFacts; count: DecisionView['count']; /** chosen by a person, and not counted */ isFree: boolean }

/** Says what was decided, why, and what was not; what was counted cannot be told otherwise. */
export function OutcomeForm({ id, facts: { options }, count, isFree }: Props) {
  const { t } = useTranslation('deciding')
  const possible = isFree ? [...options.map((option) => option.id), null] : count.winner ? [count.winner] : [...count.tied, null]
  const [option, setOption] = useState<string | null | undefined>(possible.length === 1 ? possible[0] : undefined)
  const [reason, setReason] = useState('')
  const [rejected, setRejected] = useState('')
  const { act, isBusy, problem } = useAct()
  return (
    <form className={classes.ballot} onSubmit={(event) => { event.preventDefault(); void act(() => tellOutcome(id, { option: option ?? null, reason: reason.trim(), rejected: rejected.trim() })) }}>
      <ul className={classes.choices}>
        {possible.map((one) => (
          <li key={one ?? ''}><label><input type="radio" name="outcome" checked={option === one} onChange={() => setOption(one)} /><span dir="auto">{options.find((other) => other.id === one)?.text ?? t('decide_nothing')}</span></label></li>
        ))}
      </ul>
      <Textarea autosize minRows={2} maxRows={10} maxLength={4000} required label={t('outcome_reason')} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      <Textarea autosize minRows={1} maxRows={10} maxLength={4000} label={t('outcome_rejected')} value={rejected} onChange={(event) => setRejected(event.currentTarget.value)} />
      {problem}
      <div className={classes.row}><Button type="submit" loading={isBusy} disabled={option === undefined || !reason.trim()}>{t('tell_it')}</Button></div>
    </form>
  )
}

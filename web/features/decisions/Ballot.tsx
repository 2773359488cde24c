import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choice, Option } from '../../../server/features/decisions/policy.ts'
import { plainChoice } from '../../../server/features/decisions/policy.ts'
import { Ranking } from '../../core/entries/options/Ranking.tsx'
import { useAct } from './Act.tsx'
import { takePosition, withdrawPosition } from './commands.ts'
import type { DecisionFacts, DecisionView } from './queries.ts'
import classes from './Decisions.module.css'

type Props = { id: string; facts: DecisionFacts; mine: DecisionView['mine'] }

/** Where one takes a position, or another one with a reason. */
export function Ballot({ id, facts: { method, options }, mine }: Props) {
  const { t } = useTranslation('deciding')
  const [choice, setChoice] = useState<Choice>(mine?.choice ?? {})
  const [reason, setReason] = useState(mine?.reason ?? '')
  const { act, isBusy, problem } = useAct()
  const said = mine?.choice && JSON.stringify(plainChoice(method, mine.choice))
  const isSame = said === JSON.stringify(plainChoice(method, choice))
  const isWhole = method === 'ranked' ? !!choice.ranking?.length : choice.option !== undefined
  const isOther = !!mine && !isSame
  const needsReason = isOther || !!choice.objects?.length
  const isNew = !isSame || reason !== mine?.reason
  // Another position has reasons of its own.
  const choose = (next: Choice) => {
    setChoice(next)
    if (mine && reason === mine.reason) setReason('')
  }
  const send = () => void act(() => takePosition(id, plainChoice(method, choice), reason.trim() || undefined))
  return (
    <form className={classes.ballot} onSubmit={(event) => { event.preventDefault(); send() }}>
      {method === 'ranked' ? <Ranking options={options} ranking={choice.ranking ?? []} onChange={(ranking) => choose({ ranking })} />
        : <Single options={options} choice={choice} mayObject={method === 'consent'} setChoice={choose} />}
      <Textarea autosize minRows={1} maxRows={8} maxLength={4000} value={reason} onChange={(event) => setReason(event.currentTarget.value)}
        label={t(isOther ? 'why_changed' : choice.objects?.length ? 'why_object' : 'why')} required={needsReason} />
      {problem}
      <div className={classes.row}>
        <Button type="submit" disabled={!isWhole || !isNew || (needsReason && !reason.trim())} loading={isBusy}>{t(mine?.choice ? 'change_position' : 'take_position')}</Button>
        {mine?.choice && <button type="button" className="text-button" disabled={isBusy} onClick={() => void act(() => withdrawPosition(id), () => { setChoice({}); setReason('') })}>{t('withdraw')}</button>}
      </div>
    </form>
  )
}

type SingleProps = { options: Option[]; choice: Choice; mayObject: boolean; setChoice: (choice: Choice) => void }

function Single({ options, choice, mayObject, setChoice }: SingleProps) {
  const { t } = useTranslation('deciding')
  const objects = choice.objects ?? []
  const prefer = (option: string | null) => setChoice({ ...choice, option, objects: objects.filter((id) => id !== option) })
  const object = (id: string, does: boolean) =>
    setChoice({ option: choice.option === id && does ? null : choice.option ?? null, objects: does ? [...objects, id] : objects.filter((one) => one !== id) })
  const line = (option: string | null, text: string) => (
    <li key={option ?? ''}>
      <label><input type="radio" name="option" checked={choice.option === option} onChange={() => prefer(option)} /><span dir="auto">{text}</span></label>
      {mayObject && option && <label className={classes.object}><input type="checkbox" checked={objects.includes(option)} onChange={(event) => object(option, event.currentTarget.checked)} aria-label={t('object_to', { option: text })} />{t('object')}</label>}
    </li>
  )
  return <ul className={classes.choices}>{options.map(({ id, text }) => line(id, text))}{line(null, t('abstain'))}</ul>
}

import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Ranking } from '../../core/entries/options/Ranking.tsx'
import { reasonOf } from '../../kernel/reason.ts'
import { type PollFacts, type PollView, vote } from './queries.ts'
import { sending } from './sending-later.ts'
import classes from './Polls.module.css'

type Props = { id: string; facts: PollFacts; view: PollView; isFirst: boolean; close: () => void }

/** Where one chooses; of an anonymous poll once. */
export function VoteForm({ id, facts, view, isFirst, close }: Props) {
  const { t } = useTranslation(['poll-cards', 'kernel'])
  const { method, options, anonymous, closes_at } = facts
  const [choice, setChoice] = useState<string[]>(view.mine ?? [])
  const [isBusy, setIsBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // Browsers compute what a ballot needs only where nobody on the way can read along.
  if (anonymous && !globalThis.isSecureContext) return <p className={classes.problem}>{t('needs_https')}</p>
  const send = async () => {
    setIsBusy(true)
    setProblem(null)
    try {
      await (anonymous ? sending().then(({ voteSecretly }) => voteSecretly(id, { key: view.key!, closes_at, choice })) : vote(id, choice))
      close()
    } catch (error) {
      setProblem(reasonOf(t, error))
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <form className={classes.ballot} onSubmit={(event) => { event.preventDefault(); void send() }}>
      {method === 'ranked' ? <Ranking options={options} ranking={choice} onChange={setChoice} /> : <Choices facts={facts} choice={choice} setChoice={setChoice} />}
      {anonymous && <p className={classes.note}>{t('anonymous_hint')}</p>}
      {problem && <p className={classes.problem} role="alert">{problem}</p>}
      <div className={classes.row}>
        <Button type="submit" size="compact-md" disabled={!choice.length} loading={isBusy}>{t(isFirst ? 'vote' : 'change')}</Button>
        {!isFirst && <button type="button" className="text-button" onClick={close}>{t('kernel:cancel')}</button>}
      </div>
    </form>
  )
}

type ChoicesProps = { facts: PollFacts; choice: string[]; setChoice: (choice: string[]) => void }

function Choices({ facts: { method, options }, choice, setChoice }: ChoicesProps) {
  const { t } = useTranslation('poll-cards')
  const isSingle = method === 'single'
  const choose = (id: string, is: boolean) => setChoice(isSingle ? [id] : is ? [...choice, id] : choice.filter((one) => one !== id))
  return (
    <fieldset className={classes.choices}>
      <legend>{t(`choose.${isSingle ? 'single' : 'multiple'}`)}</legend>
      {options.map(({ id, text }) => (
        <label key={id}><input type={isSingle ? 'radio' : 'checkbox'} name="choice" checked={choice.includes(id)} onChange={(event) => choose(id, event.currentTarget.checked)} /><span dir="auto">{text}</span></label>
      ))}
    </fieldset>
  )
}

import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FEWEST_SHOWN } from '../../../server/features/polls/policy.ts'
import { ballots } from './ballots.ts'
import { type PollFacts, usePoll } from './queries.ts'
import { Results } from './Results.tsx'
import { lookAfter } from './sending-later.ts'
import { VoteForm } from './VoteForm.tsx'
import { Voters } from './Voters.tsx'
import classes from './Polls.module.css'

type Props = { id: string; facts: PollFacts }

/** Where one votes, or how it stands: whoever has not voted sees that when they want to. */
export function PollBody({ id, facts }: Props) {
  const { data } = usePoll(id)
  const ballot = ballots.use()[id]
  const [isChanging, setIsChanging] = useState(false)
  const [isLooking, setIsLooking] = useState(false)
  const isOpen = facts.state === 'open'
  useEffect(() => {
    if (data) lookAfter(id, { isOpen, box: data.box })
  }, [id, isOpen, data])
  const { t } = useTranslation('poll-cards')
  if (!data) return <Options facts={facts} />
  const mine = ballot?.choice ?? data.mine
  const { anonymous, count } = facts
  const hasVoted = mine !== null || (anonymous && data.ballot)
  if (isOpen && data.may.vote && (!hasVoted || isChanging)) {
    return (
      <>
        <VoteForm id={id} facts={facts} view={data} isFirst={!hasVoted} close={() => setIsChanging(false)} />
        {!hasVoted && count && (isLooking ? <Results facts={facts} count={count} mine={mine} />
          : <button type="button" className="text-button" onClick={() => setIsLooking(true)}>{t('look')}</button>)}
      </>
    )
  }
  return (
    <>
      {count ? <Results facts={facts} count={count} mine={mine} /> : <Options facts={facts} mine={mine} />}
      {anonymous && isOpen && hasVoted && <p className={classes.note} role="status">{t(!ballot ? 'ballot_elsewhere' : ballot.box ? 'in_the_box' : 'on_its_way')}</p>}
      {!count && <p className={classes.note}>{t(isOpen ? 'hidden' : 'too_few', { count: FEWEST_SHOWN })}</p>}
      <div className={classes.row}>
        {isOpen && data.may.vote && !anonymous && <button type="button" className="text-button" onClick={() => setIsChanging(true)}>{t('change')}</button>}
      </div>
      {!anonymous && count && count.votes > 0 && <Voters id={id} facts={facts} />}
    </>
  )
}

/** What can be chosen, where nothing is told of how it stands. */
function Options({ facts: { options, method }, mine = null }: { facts: PollFacts; mine?: string[] | null }) {
  const { t } = useTranslation('poll-cards')
  return (
    <ul className={classes.options}>
      {options.map(({ id, text }) => <li key={id}><span dir="auto">{text}</span>{mine?.includes(id) && <b className={classes.mine}>{method === 'ranked' ? t('your_place', { place: mine.indexOf(id) + 1 }) : t('yours')}</b>}</li>)}
    </ul>
  )
}

import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { Part } from './Act.tsx'
import { Amend } from './Amend.tsx'
import { Ballot } from './Ballot.tsx'
import { Debate } from './Debate.tsx'
import { OutcomeBox } from './OutcomeBox.tsx'
import { OutcomeForm } from './OutcomeForm.tsx'
import { Positions } from './Positions.tsx'
import { StillHolds } from './Review.tsx'
import { type DecisionFacts, type DecisionView, useDecision } from './queries.ts'
import { Shared } from './Shared.tsx'
import { Counted } from './Counted.tsx'
import { DecideAnew } from './DecideAnew.tsx'
import classes from './Decisions.module.css'

type Props = { entry: Entry; facts: DecisionFacts }

/** All that belongs to a decision in its thread: what was decided, one's own position, how the voices stand, and the debate. */
export function DecisionBody({ entry, facts }: Props) {
  const { t } = useTranslation('deciding')
  const { data } = useDecision(entry.id)
  if (!data) return <ol className={classes.brief}>{facts.options.map(({ id, text }) => <li key={id} dir="auto">{text}</li>)}</ol>
  const key = facts.options.map(({ id }) => id).join()
  return (
    <>
      <OutcomeBox facts={facts} by={data.outcome_by} />
      <p className={classes.who}><WhoDecides data={data} facts={facts} /></p>
      {data.may.amend && <Amend key={`${key} ${facts.taken} ${facts.closes_at}`} id={entry.id} facts={facts} />}
      {data.may.speak && <Part title={t('your_position')}><Ballot key={key} id={entry.id} facts={facts} mine={data.mine} /></Part>}
      <Part title={t(facts.state === 'open' ? 'so_far' : 'counted')} side={data.owed > 0 && facts.method !== 'decider' ? <span className={classes.side}>{t('owed', { count: data.owed })}</span> : undefined}>
        <Counted facts={facts} count={data.count} />
        {facts.taken > 0 && <Positions id={entry.id} facts={facts} />}
      </Part>
      {data.may.conclude && <Part title={t('tell_outcome')}><OutcomeForm id={entry.id} facts={facts} count={data.count} isFree={!!data.decider} /></Part>}
      {data.may.supersede && <DecideAnew entry={entry} />}
      {data.may.supersede && facts.state === 'decided' && <StillHolds entry={entry} />}
      <Debate entry={entry} facts={facts} weighed={data.weighed} />
      <Shared id={entry.id} facts={facts} data={data} />
    </>
  )
}

function WhoDecides({ data: { decider, deciders }, facts }: { data: DecisionView; facts: DecisionFacts }) {
  const { t } = useTranslation('deciding')
  if (facts.method === 'decider') return <>{t('decides_alone', { name: decider?.name ?? t('somebody') })}</>
  return <>{t(`explained.${facts.method}`)} {deciders ? t('decide_named', { names: deciders.map(({ name }) => name).join(', ') }) : t('decide_members')}</>
}

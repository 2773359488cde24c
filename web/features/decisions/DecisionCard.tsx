import { Link } from '@tanstack/react-router'
import { IconCircleCheck, IconCircleDashed, IconGavel, IconSwitchHorizontal } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CardProps } from '../../core/entries/kinds.ts'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { Closes, Review } from './Closes.tsx'
import { DecisionBody } from './DecisionBody.tsx'
import { OutcomeBox } from './OutcomeBox.tsx'
import { useEntry } from './queries.ts'
import classes from './Decisions.module.css'

const SIGNS = { open: IconGavel, decided: IconCircleCheck, undecided: IconCircleDashed, superseded: IconSwitchHorizontal }

/** Something to be decided: how it stands, and in its thread all that belongs to deciding it. */
export function DecisionCard({ entry, open, children }: CardProps) {
  const { t } = useTranslation('deciding')
  const facts = entry.decision
  if (!facts) return children
  const { state } = facts
  return (
    <div className={classes.decision}>
      <p className={classes.state}>
        <Chip tone={state === 'decided' ? 'moss' : state === 'open' ? 'amber' : 'plain'} Icon={SIGNS[state]}>{t(`state.${state}`)}</Chip>
        <span className={classes.how}>{t(`method.${facts.method}`)}</span>
        {state === 'open' ? <Closes facts={facts} /> : facts.review_on && <Review on={facts.review_on} />}
        {state === 'open' && <span>{t('taken', { count: facts.taken })}</span>}
      </p>
      <Leads entry={entry} />
      {children}
      {open ? <><OutcomeBox facts={facts} />{state === 'open' && <ol className={classes.brief}>{facts.options.map(({ id, text }) => <li key={id} dir="auto">{text}</li>)}</ol>}</> : <DecisionBody entry={entry} facts={facts} />}
    </div>
  )
}

/** What it takes the place of, and what takes its place. */
function Leads({ entry: { decision } }: { entry: Entry }) {
  const { t } = useTranslation('deciding')
  const { supersedes, superseded_by, state } = decision!
  return (
    <>
      {supersedes && <Lead id={supersedes} words={t('decides_anew')} />}
      {superseded_by && <Lead id={superseded_by} words={t(state === 'superseded' ? 'replaced_by' : 'may_be_replaced')} />}
    </>
  )
}

function Lead({ id, words }: { id: string; words: string }) {
  const { t } = useTranslation('deciding')
  const { data } = useEntry(id)
  return <p className={classes.lead}><IconSwitchHorizontal size={15} stroke={1.75} aria-hidden /><span>{words} <Link to={paths.entry(id)} dir="auto">{data?.title || t('another')}</Link></span></p>
}

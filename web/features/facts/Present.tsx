import { Link } from '@tanstack/react-router'
import { IconAlertTriangle, IconCircleCheck, IconClockExclamation, IconReplace } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FactFacts, Present } from '../../../server/features/facts/schema.ts'
import type { LinkedEntry } from '../../core/entries/kinds.ts'
import { paths } from '../../kernel/paths.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { TimeAgo, useNow } from '../../kernel/ui/TimeAgo.tsx'
import { isStale } from './apply.ts'
import { sayValue } from './value.ts'
import classes from './Facts.module.css'

type Side = Present['sides'][number]

/** How what is known of a subject stands: it holds, is disputed, or so old that nobody can tell. */
export function StateChip({ now }: { now: Present }) {
  const { t } = useTranslation('fact-cards')
  const time = useNow()
  if (now.disputed) return <Chip tone="amber" Icon={IconAlertTriangle}>{t('disputed')}</Chip>
  if (isStale(now, time)) return <Chip tone="plain" Icon={IconClockExclamation}>{t('stale')}</Chip>
  return <Chip Icon={IconCircleCheck}>{t(`sure.${now.sure >= 0.85 ? 'high' : now.sure >= 0.6 ? 'medium' : 'low'}`)}</Chip>
}

/** The same of one fact: also that something else holds by now. */
export function FactChip({ fact }: { fact: FactFacts }) {
  const { t } = useTranslation('fact-cards')
  if (fact.now.disputed || holds(fact)) return <StateChip now={fact.now} />
  return <Chip tone="plain" Icon={IconReplace}>{t(fact.superseded_by ? 'over' : 'otherwise')}</Chip>
}

/** Whether what a fact says is what holds. */
export const holds = ({ side, now }: FactFacts) => now.sides[0].side === side

/** What a side says: its value, or its claim where it has none. */
export const sayClaim = ({ value, claim }: Pick<Side, 'value' | 'claim'>) => (value ? sayValue(value) : claim)

/** Who saw it last, when, and how many did. */
export function Seen({ side }: { side: Side }) {
  const { t } = useTranslation('fact-cards')
  const { people, seen_at, seen_by } = side
  return (
    <span className={classes.seen}>
      {seen_by ? <Link to={paths.person(seen_by.id)} dir="auto">{seen_by.name}</Link> : t('somebody')} · <TimeAgo at={seen_at} />
      {people > 1 && <> · {t('people', { count: people })}</>}
    </span>
  )
}

/** Below a link to a fact: what is known now, whatever it said then. */
export function LinkedFact({ entry }: { entry: LinkedEntry }) {
  const { t } = useTranslation('fact-cards')
  const { fact } = entry
  if (!fact) return null
  const [first] = fact.now.sides
  return (
    <span className={classes.linked}>
      <FactChip fact={fact} />
      {fact.value && <b dir="auto">{sayValue(fact.value)}</b>}
      {!holds(fact) && <span dir="auto">{t('now', { claim: sayClaim(first) })}</span>}
    </span>
  )
}

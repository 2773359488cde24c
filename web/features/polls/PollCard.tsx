import { IconChartBar, IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CardProps } from '../../core/entries/kinds.ts'
import { sayMoment } from '../../kernel/moments.ts'
import { useTimeZone } from '../../kernel/time-zones.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { PollBody } from './PollBody.tsx'
import type { PollFacts } from './queries.ts'
import classes from './Polls.module.css'

/** What is asked, until when, and how many have answered; and where one does. */
export function PollCard({ entry, children }: CardProps) {
  const { t } = useTranslation('poll-cards')
  const facts = entry.poll
  if (!facts) return children
  const isOpen = facts.state === 'open'
  return (
    <div className={classes.poll}>
      <p className={classes.state}>
        <Chip tone={isOpen ? 'amber' : 'moss'} Icon={isOpen ? IconChartBar : IconCircleCheck}>{t(`state.${facts.state}`)}</Chip>
        <span className={classes.how}>{t(facts.anonymous ? 'anonymous' : 'by_name')}</span>
        {isOpen && <Closes at={facts.closes_at} />}
        <Turnout facts={facts} />
      </p>
      {children}
      <PollBody id={entry.id} facts={facts} />
    </div>
  )
}

function Closes({ at }: { at: string }) {
  const { t } = useTranslation('poll-cards')
  const zone = useTimeZone()
  const isPast = Date.parse(at) <= Math.max(useNow(), Date.now())
  return <time dateTime={at}>{isPast ? t('closing') : t('closes', { when: sayMoment(t, at, zone) })}</time>
}

function Turnout({ facts: { anonymous, state, turnout, given } }: { facts: PollFacts }) {
  const { t } = useTranslation('poll-cards')
  if (anonymous && state === 'open') return turnout ? <span>{t('at_least', { count: turnout })}</span> : null
  return <span>{given !== null && given > turnout ? t('votes_of', { count: turnout, given }) : t('votes', { count: turnout })}</span>
}

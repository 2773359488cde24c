import { Link } from '@tanstack/react-router'
import { IconArrowsDiff, IconMapPin, IconReplace } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { confidenceOf } from '../../../server/features/facts/policy.ts'
import type { CardProps } from '../../core/entries/kinds.ts'
import { useMe } from '../../kernel/session.tsx'
import { paths } from '../../kernel/paths.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { FactButtons } from './FactButtons.tsx'
import { FactChip, holds, sayClaim, Seen } from './Present.tsx'
import { sayValue } from './value.ts'
import classes from './Facts.module.css'

/** A fact: how it stands now, its value, who saw it when; beside it what others see, and what one does about it. */
export function FactCard({ entry, children }: CardProps) {
  const { t } = useTranslation('fact-cards')
  const me = useMe()
  const { fact } = entry
  if (!fact) return children
  const { now, value, place, source, seen_at, confirmations, confidence, contradicts, supersedes, superseded_by } = fact
  const others = now.sides.filter(({ side }) => side !== fact.side)
  const isOwn = entry.author === me.id
  return (
    <div className={classes.fact}>
      <p className={classes.state}><FactChip fact={fact} />{place && <span className={classes.place}><IconMapPin size={14} stroke={1.75} aria-hidden /><span dir="auto">{place}</span></span>}</p>
      {children}
      {value && <p className={classes.value} data-over={!now.disputed && !holds(fact) || undefined} dir="auto">{sayValue(value)}</p>}
      <p className={classes.meta}>
        <span>{t('seen')} <TimeAgo at={seen_at} /></span>
        <span>{t(`confidence.${confidenceOf(confidence)}`)}</span>
        {confirmations > 0 && <span>{t('confirmations', { count: confirmations })}</span>}
        {source && <span dir="auto">{t('source', { source })}</span>}
      </p>
      {contradicts && <Note Icon={IconArrowsDiff} to={contradicts}>{t('contradicts')}</Note>}
      {supersedes && <Note Icon={IconReplace} to={supersedes}>{t('supersedes')}</Note>}
      {(now.disputed || !holds(fact)) && others.length > 0 && (
        <ul className={classes.others} aria-label={t('others')}>
          {others.map((side) => (
            <li key={side.side}>
              <span className={classes.said}>{t(superseded_by === side.fact ? 'now_is' : 'others_say')} <Link to={paths.entry(side.fact)} dir="auto">{sayClaim(side)}</Link></span>
              <Seen side={side} />
            </li>
          ))}
        </ul>
      )}
      <FactButtons fact={entry.id} space={entry.space} about={fact.subject} claim={value ? entry.title : ''} isMine={!!fact.mine} isOwn={isOwn} isOver={!!superseded_by} />
    </div>
  )
}

function Note({ Icon, to, children }: { Icon: typeof IconReplace; to: string; children: ReactNode }) {
  return <p className={classes.note}><Icon size={15} stroke={1.75} aria-hidden /><Link to={paths.entry(to)}>{children}</Link></p>
}

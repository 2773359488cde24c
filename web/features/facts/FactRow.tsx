import { IconMapPin } from '@tabler/icons-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Present } from '../../../server/features/facts/schema.ts'
import { useThread } from '../../kernel/route.ts'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import { isStale } from './apply.ts'
import { FactButtons } from './FactButtons.tsx'
import { sayClaim, Seen, StateChip } from './Present.tsx'
import classes from './Facts.module.css'

/** One subject: what holds, how sure, who saw it last; where that is disputed, the sides beside each other. */
export const FactRow = memo(function FactRow({ now, space }: { now: Present; space: string }) {
  const { t } = useTranslation('fact-cards')
  const { open } = useThread()
  const time = useNow()
  const shown = now.disputed ? now.sides : now.sides.slice(0, 1)
  return (
    <li className={classes.row} data-stale={(!now.disputed && isStale(now, time)) || undefined}>
      <div className={classes.head}>
        <h3 dir="auto">{now.about}</h3>
        {now.place && <span className={classes.place}><IconMapPin size={14} stroke={1.75} aria-hidden /><span dir="auto">{now.place}</span></span>}
        <StateChip now={now} />
      </div>
      <div className={classes.sides} data-count={shown.length}>
        {shown.map((side) => (
          <section key={side.side} className={classes.side} aria-label={sayClaim(side)}>
            <button type="button" className={classes.claim} onClick={() => void open(side.fact)} title={t('open')} dir="auto">{sayClaim(side)}</button>
            <Seen side={side} />
            <FactButtons fact={side.fact} space={space} about={now.about} claim={side.value ? side.claim : ''} />
          </section>
        ))}
      </div>
    </li>
  )
})

import { useTranslation } from 'react-i18next'
import { sayMoment } from '../../kernel/moments.ts'
import { isKnownZone, useTimeZone } from '../../kernel/time-zones.ts'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'
import type { DecisionFacts } from './queries.ts'

const offset = (zone: string, at: string) => new Date(at).toLocaleString('en', { timeZone: zone, timeZoneName: 'longOffset' }).split(' ').at(-1)
const place = (zone: string) => zone.split('/').at(-1)!.replaceAll('_', ' ')

/** When it closes, by the reader's clock; and by that of whoever proposed it, where theirs is another. */
export function Closes({ facts: { closes_at, zone } }: { facts: DecisionFacts }) {
  const { t } = useTranslation('deciding')
  const mine = useTimeZone()
  const isPast = Date.parse(closes_at) <= Math.max(useNow(), Date.now())
  const there = !isKnownZone(zone) || offset(zone, closes_at) === offset(mine, closes_at) ? null : sayMoment(t, closes_at, zone)
  return (
    <time dateTime={closes_at}>
      {isPast ? t('closing') : t('closes', { when: sayMoment(t, closes_at, mine) })}
      {!isPast && there && <> ({t('there', { when: there, place: place(zone) })})</>}
    </time>
  )
}

/** When it is looked at again. */
export function Review({ on }: { on: string }) {
  const { t } = useTranslation('deciding')
  const day = new Date(`${on}T12:00:00Z`).toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
  return <time dateTime={on}>{t('review', { day })}</time>
}

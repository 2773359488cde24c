import { IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useNow } from '../../kernel/ui/TimeAgo.tsx'

/** What time it is for somebody, which says whether now is a good moment. `short`: the time alone, for lists. */
export function LocalTime({ zone, short }: { zone: string; short?: boolean }) {
  const { t } = useTranslation('people')
  const now = new Date(useNow())
  const time = now.toLocaleTimeString(t('kernel:locale'), { hour: '2-digit', minute: '2-digit', timeZone: zone })
  const said = t('local_time', { time, place: zone.split('/').at(-1)!.replaceAll('_', ' ') })
  return short ? <time title={said} aria-label={said}>{time}</time> : <span><IconClock size={16} stroke={1.75} aria-hidden />{said}</span>
}

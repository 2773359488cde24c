import type { TFunction } from 'i18next'

const DAY = 86_400_000

/** "Today", "Yesterday", "Tuesday 12 November", "12 November 2023". */
export function dayName(t: TFunction, at: string, now = Date.now()) {
  const date = new Date(at)
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / DAY)
  if (days < 2 && days > -1) return new Intl.RelativeTimeFormat(t('kernel:locale'), { numeric: 'auto' }).format(-days, 'day').replace(/^./, (first) => first.toUpperCase())
  const isThisYear = date.getFullYear() === new Date(now).getFullYear()
  return date.toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'long', ...(isThisYear ? { weekday: 'long' } : { year: 'numeric' }) })
}

import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { createStore } from '../store.ts'

const minute = createStore(Date.now())
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined

/** The present to the minute; one timer for all of the page. */
export function useNow() {
  const now = minute.use()
  useEffect(() => {
    watchers += 1
    timer ??= setInterval(() => minute.set(Date.now()), 30_000)
    return () => {
      watchers -= 1
      if (watchers > 0) return
      clearInterval(timer)
      timer = undefined
    }
  }, [])
  return now
}

const clock = (t: TFunction, date: Date) => date.toLocaleTimeString(t('kernel:locale'), { hour: '2-digit', minute: '2-digit' })

/** "now", "12 min", "2 h", "yesterday 17:04", "12 Nov", "12 Nov 2023". */
export function timeAgo(t: TFunction, at: string, now = Date.now()) {
  const date = new Date(at)
  const minutes = Math.floor((now - date.getTime()) / 60_000)
  if (minutes < 1) return t('kernel:time.now')
  if (minutes < 60) return t('kernel:time.minutes', { minutes })
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (date.getTime() >= midnight) return t('kernel:time.hours', { hours: Math.floor(minutes / 60) })
  if (date.getTime() >= midnight - 86_400_000) return t('kernel:time.yesterday', { time: clock(t, date) })
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric'
  return date.toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short', year })
}

/** "17:04 today", "17:04 yesterday", "17:04 on 12 Nov": a moment that does not age while one reads. */
export function dayAndTime(t: TFunction, at: string, now = Date.now()) {
  const date = new Date(at)
  const days = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000)
  if (days < 2) return t(days < 1 ? 'kernel:time.at_today' : 'kernel:time.at_yesterday', { time: clock(t, date) })
  return t('kernel:time.at_day', { time: clock(t, date), day: date.toLocaleDateString(t('kernel:locale'), { day: 'numeric', month: 'short' }) })
}

/** "Tuesday, 12 November 2025 at 17:04". */
export function fullTime(t: TFunction, at: string) {
  return new Date(at).toLocaleString(t('kernel:locale'), { dateStyle: 'full', timeStyle: 'short' })
}

export function TimeAgo({ at }: { at: string }) {
  const { t } = useTranslation()
  const now = useNow()
  return <time dateTime={at} title={fullTime(t, at)}>{timeAgo(t, at, Math.max(now, Date.now() - 30_000))}</time>
}

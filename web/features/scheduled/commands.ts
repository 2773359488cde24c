import type { z } from 'zod'
import type { ScheduledView } from '../../../server/features/scheduled/schema.ts'
import { applyAnswer } from '../../core/entries/cache.ts'
import { giveBack } from '../../core/entries/draft-keeping.ts'
import type { Place, Written } from '../../core/entries/sending.ts'
import { refetchWaiting } from '../../core/waiting/waiting.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { sayMoment } from '../../kernel/moments.ts'
import { notify, notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import { pathOfSpace, paths } from '../../kernel/paths.ts'
import { queryClient } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { myTimeZone } from '../../kernel/time-zones.ts'
import { ApiError } from '../../kernel/api.ts'
import type { Entry } from '../../kernel/types.ts'
import { SCHEDULED } from './live.ts'

export type Scheduled = z.infer<typeof ScheduledView>

const t = (key: string, more = {}) => i18n.t(`scheduled:${key}`, more)
const refresh = () => {
  refetchWaiting()
  return queryClient.invalidateQueries({ queryKey: SCHEDULED })
}

/** Has what is written sent at a moment; the composer is emptied once the server has it, and its undoing brings it back there. */
export async function sendLater(to: Place, place: string, written: Written, at: Date, sent: () => void) {
  const { kind, facts, title, body, files } = written
  const words = { body, files: files.map(({ id }) => id), ...(to.root === null && { ...facts, ...(kind && { kind }), ...(title && { title }) }) }
  try {
    const { id } = await api.post<Scheduled>('/scheduled', { space: to.space, ...(to.root && { root: to.root }), send_at: at.toISOString(), words })
    sent()
    void refresh()
    notifyUndo(t('is_scheduled', { when: sayMoment(i18n.t, at, myTimeZone()) }), () => void api.delete(`/scheduled/${id}`).then(() => giveBack(place, written, ''), (error) => notifyFailure(t('failed'), error)))
  } catch (error) {
    notifyFailure(t('not_scheduled'), error)
  }
}

async function attempt(work: () => Promise<unknown>) {
  try {
    await work()
  } catch (error) {
    notifyFailure(t('failed'), error)
  } finally {
    void refresh()
  }
}

export const sendNow = (one: Pick<Scheduled, 'id'>) => attempt(async () => {
  const entry = await api.post<Entry>(`/scheduled/${one.id}/send`)
  applyAnswer({ type: 'entry.published', space: entry.space, entry })
  notify(t('sent'))
})

export const moveTo = (one: Pick<Scheduled, 'id'>, at: Date) => attempt(async () => {
  await api.patch(`/scheduled/${one.id}`, { send_at: at.toISOString() })
  notify(t('is_scheduled', { when: sayMoment(i18n.t, at, myTimeZone()) }))
})

/** Takes it out, and offers to put it back for the same moment. */
export const withdraw = (one: Scheduled) => attempt(async () => {
  await api.delete(`/scheduled/${one.id}`)
  const { kind, facts, title, body, files, space_card: space, thread, send_at } = one
  const words = { body, files: files.map(({ id }) => id), ...(!thread && { ...facts, ...(kind && { kind }), title }) }
  if (space && Date.parse(send_at) > Date.now()) notifyUndo(t('withdrawn'), () => void attempt(() => api.post('/scheduled', { space: space.id, ...(thread && { root: thread.id }), send_at, words })))
  else notify(t('withdrawn'))
})

/** Brings it back to where it was written. @returns the page with that composer */
export async function takeBack(one: Scheduled): Promise<string | null> {
  const { kind, facts, title, body, files, space_card: space, thread } = one
  let path: string | null = null
  await attempt(async () => {
    await api.delete(`/scheduled/${one.id}`)
    giveBack(thread?.id ?? (space ? `space/${space.id}` : 'home'), { kind, facts, title, body, files }, '')
    path = thread ? paths.entry(thread.id) : space ? pathOfSpace(space) : paths.home
  })
  return path
}

/** Why it was not sent, in words. */
export const whyNot = ({ code, detail }: { code: string; detail: string }): string => reasonOf(i18n.t, new ApiError(422, { code, detail }))

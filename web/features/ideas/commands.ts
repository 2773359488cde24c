import type { Answer, Stage } from '../../../server/features/ideas/policy.ts'
import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify, notifyFailure } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

const show = (entry: Entry, type: 'idea.changed' | 'idea.supported' = 'idea.changed', data: object = {}) =>
  applyAnswer({ type, space: entry.space, entry, data: data as Record<string, unknown> })

/** Gives an idea one of my voices or takes it back: shown at once, taken back when the server refuses. */
export async function support(entry: Entry, on: boolean) {
  const idea = entry.idea!
  show({ ...entry, idea: { ...idea, supported: on, support: Math.max(0, idea.support + (on ? 1 : -1)) } }, 'idea.supported', { on })
  try {
    const path = `/entries/${entry.id}/support`
    show(await (on ? api.put<Entry>(path) : api.delete<Entry>(path)), 'idea.supported', { on })
  } catch (error) {
    show(entry, 'idea.supported', { on: !on })
    notifyFailure(i18n.t('idea-cards:failed'), error)
  }
}

export type StepWritten = { stage: Stage; from: Stage; reason: string; measured?: string; until?: string; ask_in_months?: number }

/** Takes an idea to another stage. @throws what the server says against it */
export const move = async (entry: Pick<Entry, 'id'>, step: StepWritten) => show(await api.post<Entry>(`/entries/${entry.id}/stage`, step))

/** Says whether an idea worked. @throws what the server says against it */
export const judge = async (id: string, worked: Answer, words: string) => show(await api.put<Entry>(`/entries/${id}/verdict`, { worked, words }))

async function perform(done: string | null, work: () => Promise<Entry>) {
  try {
    show(await work())
    if (done) notify(i18n.t(`idea-cards:${done}`))
  } catch (error) {
    notifyFailure(i18n.t('idea-cards:failed'), error)
  }
}

export const merge = (entry: Entry, into: string) => perform('merge_done', () => api.put<Entry>(`/entries/${entry.id}/merged_into`, { into }))
export const unmerge = (entry: Entry) => perform('unmerge_done', () => api.delete<Entry>(`/entries/${entry.id}/merged_into`))
export const offer = (id: string, person: string) => perform('offer_done', () => api.put<Entry>(`/entries/${id}/offer`, { person }))
export const withdrawOffer = (id: string) => perform('offer_back', () => api.delete<Entry>(`/entries/${id}/offer`))
/** Carries an idea on that was offered to me, or says no. */
export const answerOffer = async (id: string, takes: boolean) =>
  show(await (takes ? api.put<Entry>(`/entries/${id}/owner`) : api.delete<Entry>(`/entries/${id}/offer`)))

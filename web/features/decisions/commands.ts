import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { queryClient } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'

type Choice = { option?: string | null; objects?: string[]; ranking?: string[] }

/** Shows what the server answered at once; what each reader is told of it is asked again. */
function show(entry: Entry, decision = entry.id): Entry {
  applyAnswer({ type: 'decision.amended', space: entry.space, entry })
  for (const name of ['decision', 'positions', 'arguments']) void queryClient.invalidateQueries({ queryKey: [name, decision] })
  return entry
}

export const takePosition = async (id: string, choice: Choice, reason: string | undefined) => show(await api.put<Entry>(`/entries/${id}/position`, { choice, reason }))
export const withdrawPosition = async (id: string) => show(await api.delete<Entry>(`/entries/${id}/position`))
export const tellOutcome = async (id: string, outcome: { option: string | null; reason: string; rejected: string }) => show(await api.post<Entry>(`/entries/${id}/outcome`, outcome))
export const proposeSummary = async (id: string, text: string) => show(await api.put<Entry>(`/entries/${id}/summary`, { text }))
/** `next`: the day to look at it again, or null. */
export const review = async (id: string, next: string | null) => show(await api.put<Entry>(`/entries/${id}/review`, { next }))
export const amend = async (id: string, change: object) => show(await api.patch<Entry>(`/entries/${id}/decision`, change))

/** `at`: when the text that is accepted was proposed; null takes the acceptance back. */
export const acceptSummary = async (id: string, at: string | null) =>
  show(await (at ? api.put<Entry>(`/entries/${id}/summary/acceptance`, { at }) : api.delete<Entry>(`/entries/${id}/summary/acceptance`)))

export const weigh = async (argument: Entry, isWeighty: boolean) =>
  show(await (isWeighty ? api.put<Entry>(`/entries/${argument.id}/weight`) : api.delete<Entry>(`/entries/${argument.id}/weight`)), argument.argument!.decision)

/** Speaks for an option or against it; it stands in the thread at once. */
export async function argue(id: string, said: { option: string; side: 'for' | 'against'; body: string }) {
  const entry = await api.post<Entry>(`/entries/${id}/arguments`, said)
  applyAnswer({ type: 'entry.published', space: entry.space, entry })
  return show(entry, id)
}

import type * as correctionFacts from '../../../server/features/corrections/events.ts'
import type { Correction } from '../../../server/features/corrections/schema.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import { defineRelated, type Facts } from '../../core/entries/apply-to-entry.ts'
import { mapPages, type Pages } from '../../core/entries/entry-lists.ts'
import { STALE } from '../../core/entries/outdated.ts'
import type { LiveEvent } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { corrections: typeof correctionFacts } }

/** Under the name that they have now. */
const named = (step: Correction, { type, person }: LiveEvent): Correction =>
  (type === 'person.changed' && person && step.by?.id === person.id && step.by.name !== person.name ? { ...step, by: { id: person.id, name: person.name } } : step)

defineRelated(({ corrected }, event) => {
  const last = corrected?.last.map((step) => named(step, event))
  return last?.some((step, at) => step !== corrected!.last[at]) ? { corrected: { ...corrected!, last } } : undefined
})

/** Under `['corrections', entry]`: all that was wrong in it. */
defineView('corrections', ([, id]: readonly unknown[], data: Pages<Correction>, { event }: Facts) =>
  (event.type === 'entry.corrected' && event.entry?.id === id ? STALE : mapPages(data, (step) => named(step, event))))

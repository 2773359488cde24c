import type { Ctx } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import type { EventType, LoggedEvent } from '../../kernel/events.ts'
import { timeOf } from '../../kernel/ids.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { entryEdited, entryPublished, entryRemoved, entryRestored } from '../entries/events.ts'
import { spaceChanged, spaceImported } from '../spaces/events.ts'
import { countTies, type PersonWeek, recount, weekOf } from './commands.ts'

/** Keeps the counts of ties in step with what is said; `also` are facts of features by which their actor turns to an author. */
export const keepTies = (also: EventType<any>[]) =>
  defineEffect('keep-ties', [entryPublished, entryEdited, entryRemoved, entryRestored, spaceChanged, spaceImported, ...also], { from: 'beginning', history: true, gatherMs: 1000, unhurried: true }, async (ctx, events) => {
    await countTies(ctx, await touched(ctx, events))
    // What a whole space becomes, or brings with it, is counted by a job.
    if (events.some(({ type }) => type === spaceChanged.type || type === spaceImported.type)) await enqueue(ctx.db, recount, {}, { key: 'recount-ties' })
  })

/** Whose weeks look different after these facts. */
async function touched(ctx: Ctx, events: LoggedEvent[]): Promise<PersonWeek[]> {
  const weeks = new Map<string, PersonWeek>()
  const add = (person: string | null, week: string) => person && weeks.set(`${person} ${week}`, { person, week })
  for (const { entry_id, actor_id } of events) if (entry_id) add(actor_id, weekOf(timeOf(entry_id)))
  // not content: who wrote them; all of a thread where something went or came back, as it counts for those who came later
  const gone = events.filter(({ type }) => type === entryRemoved.type || type === entryRestored.type).map((e) => (e.data.root as string) ?? e.entry_id!)
  const rows = await ctx.db.selectFrom('entries').select(['id', 'author_id']).where((eb) => eb.or([
    eb('id', 'in', some(events.map((e) => e.entry_id))), eb('id', 'in', some(gone)), eb('root_id', 'in', some(gone)),
  ])).execute()
  for (const { id, author_id } of rows) add(author_id, weekOf(timeOf(id)))
  return [...weeks.values()]
}

const NONE = '00000000-0000-0000-0000-000000000000'
const some = (ids: (string | null)[]) => [NONE, ...new Set(ids.filter((id) => id !== null))]

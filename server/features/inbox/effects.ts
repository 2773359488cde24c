import { entryEdited, entryPublished } from '../../core/entries/events.ts'
import { visibleEntries } from '../../core/entries/visibility.ts'
import type { Ctx } from '../../kernel/context.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { emit, type LoggedEvent } from '../../kernel/events.ts'
import { notificationCreated } from './events.ts'
import { countInbox } from './queries.ts'

type Told = { person_id: string; role: 'owner' | 'admin' | 'member' | 'guest'; reason: 'mention' | 'reply' }

/** Tells people who were mentioned, and those whose words were answered. */
export const notifyPeople = defineEffect('notify-people', [entryPublished, entryEdited], async (ctx, events) => {
  for (const event of events) await notifyOf(ctx, event)
})

async function notifyOf(ctx: Ctx, event: LoggedEvent): Promise<void> {
  // not content: whose words they are and which thread they are in; each person's right to read it is checked below
  const entry = await ctx.db.selectFrom('entries').select(['id', 'root_id', 'parent_id', 'space_id', 'author_id']).where('id', '=', event.entry_id!)
    .where('state', '=', 'published').executeTakeFirst()
  if (!entry) return
  const told = new Map<string, Told>()
  for (const person of [...(await answered(ctx, entry)), ...(await mentioned(ctx, entry.id))])
    if (person.person_id !== entry.author_id) told.set(person.person_id, person)
  for (const person of told.values()) await tell(ctx, entry, person)
}

const mentioned = (ctx: Ctx, entryId: string): Promise<Told[]> =>
  ctx.db.selectFrom('mentions').innerJoin('people', 'people.id', 'mentions.person_id').where('entry_id', '=', entryId).where('people.state', '=', 'active')
    .select(['person_id', 'role']).execute().then((rows) => rows.map((row) => ({ ...row, reason: 'mention' as const })))

// The head's author and the author of what was answered.
async function answered(ctx: Ctx, entry: { root_id: string | null; parent_id: string | null }): Promise<Told[]> {
  if (!entry.root_id) return []
  // not content: authors of entries above this one in its thread
  const rows = await ctx.db.selectFrom('entries').innerJoin('people', 'people.id', 'entries.author_id').where('people.state', '=', 'active')
    .where('entries.id', 'in', [entry.root_id, entry.parent_id ?? entry.root_id]).select(['people.id as person_id', 'role']).execute()
  return rows.map((row) => ({ ...row, reason: 'reply' as const }))
}

async function tell(ctx: Ctx, entry: { id: string; root_id: string | null; space_id: string }, person: Told): Promise<void> {
  const asThem: Ctx = { ...ctx, actor: { id: person.person_id, role: person.role, session: null } }
  const mayRead = await visibleEntries(asThem).where('entries.id', '=', entry.id).select('entries.id').executeTakeFirst()
  if (!mayRead) return
  const root = entry.root_id ?? entry.id
  const made = await ctx.db.insertInto('notifications')
    .values({ person_id: person.person_id, entry_id: entry.id, root_id: root, space_id: entry.space_id, reason: person.reason })
    .onConflict((c) => c.doNothing()).returning('entry_id').executeTakeFirst()
  if (!made) return
  await emit(ctx, notificationCreated, { person_id: person.person_id },
    { space: entry.space_id, root, entry: entry.id, reason: person.reason, inbox: await countInbox(asThem) })
}

import type { Ctx } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import { attributionAsked } from './events.ts'
import { freeHandle, legalHandle } from './handles.ts'
import { insertPeople, type NewPerson, type People, takenHandles } from './people.ts'

/** Under whose name something of one of theirs is written. */
export const authorOf = (people: People, external_id: string): string => written(people.get(external_id)!.author)

/** The same by our own id. */
export const authorsById = (people: People): ((id: string) => string) => {
  const authors = new Map([...people.values()].map(({ id, author }) => [id, author]))
  return (id) => written(authors.get(id) ?? null)
}

function written(author: string | null): string {
  if (author === null) throw new Error('Somebody who has an account here has no stand-in yet.')
  return author
}

/** The stand-ins that this import has made before it was interrupted. */
export async function findStandIns(ctx: Ctx, people: People, importId: string): Promise<void> {
  const rows = await ctx.db.selectFrom('attributions').select(['person_id', 'stand_in']).where('import_id', '=', importId).execute()
  place(people, new Map(rows.map((row) => [row.person_id, row.stand_in])))
}

/**
 * Sees to it that what these people wrote can be written. An archive may hold any words under any address, so that those who
 * have an account here decide themselves whether words stand under their name: until then a stand-in has them, one for each
 * person and import, made when there is something to write.
 */
export async function standIn(ctx: Ctx, people: People, external: Iterable<string>, importId: string): Promise<void> {
  const wanted = new Set<string>()
  for (const one of external) if (people.get(one)?.author === null) wanted.add(people.get(one)!.id)
  if (!wanted.size) return
  const persons = await ctx.db.selectFrom('people').select(['id', 'name', 'handle', 'kind']).where('id', 'in', [...wanted]).execute()
  const taken = await takenHandles(ctx)
  const rows = persons.map((person) => standInFor(person, taken))
  await insertPeople(ctx, rows)
  await ctx.db.insertInto('attributions').values(rows.map(({ id, stands_for }) =>
    ({ import_id: importId, person_id: stands_for!, stand_in: id, decided_at: null }))).execute()
  place(people, new Map(rows.map((row) => [row.stands_for!, row.id])))
}

/** Asks those for whom this import made stand-ins whether the words are theirs; nothing was said to them while it ran. */
export async function askThem(ctx: Ctx, { id }: { id: string }, tally: { lose: (reason: 'attributed', example: string) => void }): Promise<void> {
  const rows = await ctx.db.selectFrom('attributions').innerJoin('people', 'people.id', 'person_id')
    .where('import_id', '=', id).select(['person_id', 'handle']).orderBy('handle').execute()
  for (const { person_id, handle } of rows) {
    tally.lose('attributed', `@${handle}`)
    await emit(ctx, attributionAsked, { person_id }, { import: id })
  }
}

type Known = { id: string; name: string; handle: string; kind: 'person' | 'bot' }

const standInFor = ({ id, name, handle, kind }: Known, taken: Set<string>): NewPerson => ({
  id: newId(), stands_for: id, kind, state: 'deactivated', role: 'member',
  name: `${[...name].slice(0, 91).join('').trimEnd()} (import)`, handle: freeHandle(legalHandle(`${handle.slice(0, 32)}.import`, 'import'), taken),
  email: null, pronouns: '', title: '', department: '', time_zone: '',
})

function place(people: People, standIns: Map<string, string>): void {
  for (const person of people.values()) person.author ??= standIns.get(person.id) ?? null
}

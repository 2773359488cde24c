import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Ctx, Shared } from '../../kernel/context.ts'
import { declare } from '../../kernel/declared.ts'
import { canPost } from '../spaces/policy.ts'
import type { WrittenEntry, Viewer } from './parts.ts'
import { canEdit } from './policy.ts'

type SpaceKind = 'community' | 'direct' | 'profile'

/** What a kind of entry is like; nothing in the core asks which kind it has before it. */
export type Kind<Input extends z.ZodObject = z.ZodObject> = {
  name: string
  /** where somebody may begin a thread with it; nowhere: it is only ever a reply, or made by the server */
  startsIn: readonly SpaceKind[]
  replies: boolean
  reactions: boolean
  /** belongs in feeds such as Home */
  inFeed: boolean
  title: 'none' | 'possible' | 'needed'
  /** found by search */
  searchable: boolean
  /** counts as said by its author, where figures are made of what people say */
  spoken: boolean
  /** false: what it says in a thread is no answer to anybody; whom it concerns, reasons of its own say */
  answers?: false
  /** who of those that may read a space begins one there, and who changes its words */
  mayBegin: typeof canPost
  mayEdit: typeof canEdit
  /** what `POST /spaces/{id}/entries` takes for it beside title, body and files; and what is done with that as entries are written, of several at once */
  input?: Input
  begin?: (ctx: Shared, begun: Begun<z.output<Input>>[]) => Promise<unknown>
  /** takes what `begin` kept away again, where entries come from elsewhere and are something else by now; without it they stay of this kind */
  end?: (ctx: Shared, ids: string[]) => Promise<unknown>
  /** what only this kind has: a field of the entry with the kind's name. Not read for entries of other kinds. */
  facts?: {
    shape: z.ZodType; column: (viewer: Viewer, entry: string) => RawBuilder<unknown>
    /** they are not the same for all members who may read the entry */
    isPersonal?: boolean
  }
}

/** An entry that is written, and what its kind takes beside the words. */
export type Begun<Input> = { entry: WrittenEntry; input: Input }

/** A `begin` that looks at each entry by itself, as its writer. */
export const beginEach = <Input>(begin: (ctx: Ctx, entry: WrittenEntry, input: Input) => Promise<unknown>) => async (ctx: Shared, begun: Begun<Input>[]): Promise<void> => {
  for (const { entry, input } of begun) await begin({ ...ctx, actor: entry.writer }, entry, input)
}

const kinds = new Map<string, Kind>()

/** Adds a kind to the registry; a feature calls it once, in its schema.ts. */
export function defineKind<Input extends z.ZodObject>(kind: Kind<Input>): Kind<Input> {
  declare(kinds, 'kinds of entries', kind.name, kind as unknown as Kind)
  return kind
}

export const findKind = (name: string): Kind | undefined => kinds.get(name)

/** The kind that begins a thread in such a space when the author names none. */
export const defaultKind = (spaceKind: SpaceKind): string => (spaceKind === 'direct' ? 'message' : 'update')

/**
 * What kinds that people begin take beside the words, as one shape; which of it one needs, and what stands where nothing is said, its
 * own `input` says: what is not given is in no request, whatever kinds there are.
 */
export const inputsOfKinds = (): z.ZodRawShape =>
  Object.fromEntries([...Map.groupBy([...kinds.values()].flatMap(({ startsIn, input }) => (startsIn.length && input ? Object.entries(input.shape) : [])), ([name]) => name)]
    .map(([name, fields]) => [name, ofRequests(fields.map(([, field]) => field))]))

/** One field of a request, which may be what any of these kinds takes under its name: which it has to be, the kind's own input says. */
function ofRequests(fields: z.core.$ZodType[]) {
  const shapes = fields.map((field) => (field instanceof z.ZodDefault ? field.unwrap() : field))
  return z.optional(shapes.length > 1 ? z.union(shapes) : shapes[0])
}

/** What kinds add to an entry, as shapes. */
export const factsOfKinds = (): z.ZodRawShape =>
  Object.fromEntries([...kinds.values()].flatMap(({ name, facts }) => (facts ? [[name, facts.shape.optional()]] : [])))

/** What only its kind has of an entry, under the kind's name. */
export const factsOf = <T extends { kind: string }>(entry: T): object => (kinds.get(entry.kind)?.facts ? { [entry.kind]: entry[entry.kind as keyof T] } : {})

type Found = { id: string; kind: string; state: string }

/**
 * Gives entries that were found by right what only their kinds have: nothing is asked for those of other kinds, however many
 * kinds there are.
 */
export async function addFacts<T extends Found>(ctx: Pick<Ctx, 'db'>, rows: T[], viewer: Viewer): Promise<T[]> {
  const found = Map.groupBy(rows.filter(({ kind, state }) => state === 'published' && kinds.get(kind)?.facts), ({ kind }) => kind)
  for (const [kind, some] of found) {
    const ids = some.map(({ id }) => id)
    const query = ctx.db.selectFrom('entries').where(sql<boolean>`entries.id = any (${ids}::uuid[])`)
    const facts = await query.select(['entries.id', kinds.get(kind)!.facts!.column(viewer, 'entries').as('facts')]).execute()
    const byId = new Map(facts.map((row) => [row.id, row.facts]))
    for (const row of some) Object.assign(row, { [kind]: byId.get(row.id) })
  }
  return rows
}

/** Whether two members who may read an entry of this kind can see different facts of it. */
export const hasPersonalFacts = (name: string): boolean => !!kinds.get(name)?.facts?.isPersonal

/** The kinds that answer nobody where they stand in a thread. */
export const answeringNobody = (): string[] => [...kinds.values()].filter(({ answers }) => answers === false).map(({ name }) => name)

/** A condition on an alias of `entries`: somebody said it, who is its author. */
export function isSpoken(entry: string): RawBuilder<boolean> {
  const others = [...kinds.values()].filter(({ spoken }) => !spoken).map(({ name }) => name)
  return sql<boolean>`${sql.ref(`${entry}.kind`)} <> all (${others}::text[])`
}

/** A post that begins a conversation. */
export const update = defineKind({
  name: 'update', startsIn: ['community', 'profile'], replies: true, reactions: true, inFeed: true, title: 'possible', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit,
})
/** A reply, comment, answer or chat line. */
export const message = defineKind({
  name: 'message', startsIn: ['direct'], replies: true, reactions: true, inFeed: false, title: 'none', searchable: true, spoken: true,
  mayBegin: canPost, mayEdit: canEdit,
})

import { sql } from 'kysely'
import { z } from 'zod'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { beginEach, defineKind, findKind } from './kinds.ts'
import type { WrittenEntry } from './parts.ts'
import { findEntry } from './queries.ts'
import type { EntryView } from './schema.ts'
import { writeEntry } from './write.ts'

/** `before`: whether one was made of this already, and the code that says so; absent where there may be several. */
type Making = { before?: { code: string; has: (ctx: Ctx, from: string) => Promise<boolean> } }

/**
 * What a new entry is made of: said in the same space, for the same readers.
 * @throws Refusal 404, 409, 422 `said_elsewhere`, `not_a_source`
 */
export async function findSource(ctx: Ctx, entry: WrittenEntry, from: string, { before }: Making = {}): Promise<EntryView> {
  const source = await findEntry(ctx, from)
  if (source.space !== entry.space.id) throw invalid('said_elsewhere', 'This can only be made of what was said in the same space, for the same readers.')
  if (source.kind === entry.kind || source.state !== 'published' || !findKind(source.kind)?.spoken) throw invalid('not_a_source', 'Nothing of this kind can be made of that.')
  if (before && (await before.has(ctx, from))) throw conflict(before.code, 'This was done before. The line below it leads there.')
  return source
}

/** Leaves a quiet line where a new entry comes from, which leads to it. */
export async function leaveTrace(ctx: Ctx, entry: WrittenEntry, source: EntryView): Promise<void> {
  await writeEntry(ctx, {
    space: { ...entry.space, newest: entry.id }, kind: findKind(`${entry.kind}_trace`)!, title: '', body: `made of this: ${entry.kind}`, files: [],
    root: source.root ?? source.id, parent: source.id, more: { [entry.kind]: entry.id },
  })
}

const nobody = () => false
/** What a kind of quiet lines is like that the server writes into a thread, and nobody answers. */
export const QUIET = { startsIn: [], replies: false, reactions: false, inFeed: false, title: 'none', searchable: false, spoken: false, mayBegin: nobody, mayEdit: nobody } as const

/**
 * The kind of the lines that `leaveTrace` writes for entries of a kind: `idea_trace`, kept in the table `idea_traces (entry_id, kind, idea_id)`
 * with the composite key of all kinds.
 */
export const defineTrace = (of: string) => {
  const [table, column] = [sql.table(`${of}_traces`), `${of}_id`]
  return defineKind({
    ...QUIET, name: `${of}_trace`, input: z.object({ [of]: z.uuid() }),
    begin: beginEach((ctx, entry, input) => sql`insert into ${table} (entry_id, ${sql.ref(column)}) values (${entry.id}, ${input[of]})`.execute(ctx.db)),
    facts: {
      shape: z.object({ [of]: z.uuid() }),
      column: (_, entry) => sql`(select json_build_object(${sql.lit(of)}, ${sql.ref(`tr.${column}`)}) from ${table} tr where tr.entry_id = ${sql.ref(`${entry}.id`)})`,
    },
  })
}

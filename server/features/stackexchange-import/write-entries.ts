import { hash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { findKind } from '../../core/entries/kinds.ts'
import { type NewEntry, putEntries, rewriteEntries } from '../../core/entries/put.ts'
import { isOurs, type People } from '../../core/imports/people.ts'
import type { Written } from '../../core/imports/schema.ts'
import { authorOf, standIn } from '../../core/imports/stand-ins.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import type { Ctx } from '../../kernel/context.ts'
import { rowsOf } from '../../kernel/rows.ts'
import type { Item } from './items.ts'
import type { Tally } from './report.ts'
import type { Place } from './write-space.ts'

/** Where entries go, whose they are, and which import brings them. */
export type Target = { place: Place; people: People; importId: string; tally: Tally }

/** An entry that was imported before, as it is now. */
type Known = { digest: string; author: string; isOlder: boolean; is_ours: boolean }

type Result = Pick<Written, 'added' | 'changed' | 'unchanged'> & { scores: number }
const history = { quiet: true }

/**
 * Writes a few hundred of one sort, in the transaction of `ctx`. What is here already and the same there costs one look; what was
 * edited there since then is edited here, unless it was edited here too, or its author takes part here.
 */
export async function writeEntries(ctx: Ctx, target: Target, given: Item[]): Promise<Result> {
  const { place, people, importId, tally } = target
  await lockSpace(ctx, place.id)
  const items = [...new Map(given.map((item) => [item.id, item])).values()]
  const known = await findKnown(ctx, items)
  const roots = await findRoots(ctx, place, items)
  const fresh = items.filter(({ id, root }) => !known.has(id) && (root === null || roots.has(root)))
  const changed = items.filter((item) => known.has(item.id) && known.get(item.id)!.digest !== digestOf(item))
  const open = changed.filter(({ id }) => known.get(id)!.isOlder)
  const writable = open.filter(({ id, author }) => !known.get(id)!.is_ours && known.get(id)!.author === people.get(author)?.id)
  tally.lose('kept_words', '', open.length - writable.length)
  await standIn(ctx, people, [...fresh, ...writable].map(({ author }) => author), importId)
  await putEntries(ctx, await rowsFor(fresh, target), history)
  await rewriteEntries(ctx, await rowsFor(writable, target), history)
  const scores = await remember(ctx, [...fresh, ...items.filter(({ id }) => known.has(id))], known)
  return { added: fresh.length, changed: writable.length, unchanged: items.length - fresh.length - writable.length, scores }
}

const digestOf = ({ said, accepted }: Item): string => hash('sha256', JSON.stringify([said, accepted]), 'base64url').slice(0, 22)

/** Making Markdown takes a moment for each; others in this process have their turn between them. */
async function rowsFor(items: Item[], target: Target): Promise<NewEntry[]> {
  const rows: NewEntry[] = []
  for (const item of items) {
    if (rows.length % 25 === 24) await setImmediate()
    rows.push(rowOf(item, target))
  }
  return rows
}

function rowOf({ id, kind, root, parent, author, at, edited_at, accepted, words }: Item, { place, people, importId, tally }: Target): NewEntry {
  const { title, body, isCut } = words()
  if (isCut) tally.lose('cut_texts', title)
  return {
    id, space: place, kind: findKind(kind)!, root, parent, title, body, created_at: at, edited_at, import_id: importId,
    writer: { id: authorOf(people, author), role: 'member', session: null },
    // A name in the words may be that of somebody else here: it calls nobody.
    brought: { mentions: [], ...(accepted !== null && { accepted }) },
  }
}

async function findKnown(ctx: Ctx, items: Item[]): Promise<Map<string, Known>> {
  // not content: what was imported before, and whether it was changed here since then
  const { rows } = await sql<Known & { id: string }>`select e.id, e.author_id as author, x.digest, ${isOurs} as is_ours,
      e.state = 'published' and not coalesce(e.edited_at > x.imported_at, false) as "isOlder"
    from external_entries x join entries e on e.id = x.entry_id join people on people.id = e.author_id -- not content: as above
    where x.entry_id = any (${items.map(({ id }) => id)}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}

async function findRoots(ctx: Ctx, place: Place, items: Item[]): Promise<Set<string>> {
  const wanted = [...new Set(items.flatMap(({ root }) => root ?? []))]
  // not content: which questions are here
  const { rows } = await sql<{ id: string }>`select id from entries where id = any (${wanted}::uuid[]) and space_id = ${place.id} and root_id is null`.execute(ctx.db)
  return new Set(rows.map(({ id }) => id))
}

/** Notes how they look there. What is the same keeps the moment of its import, and only its score follows. @returns how many scores are others */
async function remember(ctx: Ctx, items: Item[], known: Map<string, Known>): Promise<number> {
  const rows = items.map((item) => ({ id: item.id, digest: digestOf(item), score: item.score }))
  if (!rows.length) return 0
  const { numAffectedRows } = await sql`
    insert into external_entries as x (entry_id, digest, score) select id, digest, score from ${rowsOf(rows, 'id uuid, digest text, score int')}
    on conflict (entry_id) do update set digest = excluded.digest, score = excluded.score,
      imported_at = case when x.digest <> excluded.digest then now() else x.imported_at end
    where (x.digest, x.score) is distinct from (excluded.digest, excluded.score)`.execute(ctx.db)
  return Number(numAffectedRows ?? 0) - rows.filter(({ id }) => !known.has(id)).length
}

import { sql } from 'kysely'
import { isHere } from '../../core/people/taking-part.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { SlackMessage } from './model.ts'
import { rowsOf } from '../../kernel/rows.ts'
import { authorsById, standIn } from '../../core/imports/stand-ins.ts'
import type { Known, Target } from './target.ts'
import type { People } from '../../core/imports/people.ts'

type Row = { entry_id: string; person_id: string; emoji: string; at: string }
const columns = 'entry_id uuid, person_id uuid, emoji text, at timestamptz'

/** Who reacted with what in Slack, by our ids: of the people themselves, whoever stands in for them. */
export const reactionsOf = (message: SlackMessage, people: People): Record<string, string[]> =>
  Object.fromEntries(message.reactions.map(({ emoji, people: who }) => [emoji, who.map((id) => people.get(id)!.id)]))

/** The reactions of messages that come in, each under the names that they stand under here. */
export function broughtReactions(messages: SlackMessage[], people: People) {
  const authorOf = authorsById(people)
  return messages.map((message) => [...rowsFrom(message, reactionsOf(message, people)).values()]
    .map(({ person_id, emoji, at }) => ({ person: authorOf(person_id), emoji, at })))
}

/**
 * Adds to entries that are here the reactions that are new in this export and takes away those that were in the last one and are gone. What
 * people did here in between stays.
 * @returns how many were added or taken away
 */
export async function reconcileReactions(
  ctx: Ctx, { people, importId }: Target, messages: SlackMessage[], known: Map<string, Known>,
): Promise<number> {
  const added: Row[] = []
  const gone: Row[] = []
  const touched: { id: string; reactions: object }[] = []
  for (const message of messages) {
    const reactions = reactionsOf(message, people)
    const [old, now] = [rowsFrom(message, known.get(message.id)?.reactions ?? {}), rowsFrom(message, reactions)]
    const [fresh, lost] = [missingIn(old, now), missingIn(now, old)]
    if (known.has(message.id) && fresh.length + lost.length) touched.push({ id: message.id, reactions })
    added.push(...fresh)
    gone.push(...lost)
  }
  // What people who take part here show is theirs to take back, also where it came by an import.
  if (gone.length)
    await sql`delete from reactions x using ${rowsOf(gone, columns)} join people p on r.person_id in (p.id, p.stands_for)
      where x.entry_id = r.entry_id and x.person_id = p.id and x.emoji = r.emoji and not ${isHere('p')}`.execute(ctx.db)
  if (added.length) await addReactions(ctx, added, messages, { people, importId })
  if (touched.length)
    await sql`update slack_entries s set reactions = r.reactions from ${rowsOf(touched, 'id uuid, reactions jsonb')}
      where s.entry_id = r.id`.execute(ctx.db)
  return added.length + gone.length
}

async function addReactions(ctx: Ctx, added: Row[], messages: SlackMessage[], { people, importId }: Pick<Target, 'people' | 'importId'>) {
  const who = new Set(added.map((row) => row.person_id))
  const external = messages.flatMap(({ reactions }) => reactions.flatMap((reaction) => reaction.people))
  await standIn(ctx, people, external.filter((id) => who.has(people.get(id)!.id)), importId)
  const authorOf = authorsById(people)
  const rows = added.map((row) => ({ ...row, person_id: authorOf(row.person_id) }))
  await sql`insert into reactions (entry_id, person_id, emoji, created_at)
    select entry_id, person_id, emoji, at from ${rowsOf(rows, columns)} on conflict do nothing`.execute(ctx.db)
}

// Slack lists emoji in the order of their first use; a millisecond apart keeps it.
const rowsFrom = (message: SlackMessage, reactions: Record<string, string[]>): Map<string, Row> =>
  new Map(Object.entries(reactions).flatMap(([emoji, who], i) => {
    const at = new Date(Date.parse(message.at) + i).toISOString()
    const rows = who.map((person_id) => ({ entry_id: message.id, person_id, emoji, at }))
    return rows.map((row) => [`${row.person_id} ${emoji}`, row] as const)
  }))

const missingIn = <T>(old: Map<string, T>, now: Map<string, T>): T[] =>
  [...now].filter(([key]) => !old.has(key)).map(([, row]) => row)

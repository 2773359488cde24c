import { addPerson } from './core/people/commands.ts'
import { type Ctx, inTransaction, SYSTEM } from './kernel/context.ts'
import { idAt } from './kernel/ids.ts'
import { beginOf, lastTold } from './kernel/weeks.ts'
import { type Json, scene } from './scene.ts'

const MINUTE = 60_000
export const DAY = 1440 * MINUTE
const last = lastTold(Date.now())
/** A moment of a week, counted back from the newest one that is told. */
export const ago = (weeks: number, minutes = 0) => beginOf(last - weeks) + DAY + minutes * MINUTE

export const add = (ctx: Ctx, handle: string, more: { kind?: 'person' | 'bot'; email?: string } = {}) =>
  addPerson(ctx, { name: 'Somebody', handle, kind: 'person', role: 'member', token: false, ...more })

/** A scene whose space can be given a past: people, and what they wrote then. */
export async function past() {
  const all = await scene()
  const { host, team } = all
  let serial = 0
  const people = (count: number, domain?: string) => inTransaction(host, SYSTEM, async (ctx) => {
    const ids: string[] = []
    for (let i = 0; i < count; i++) ids.push((await add(ctx, `${all.ann.handle}-${++serial}`, domain ? { email: `${serial}@${domain}` } : {})).id)
    return ids
  })
  async function wrote(author: string, at: number, { root = null, body = 'Something', kind = root ? 'message' : 'update', space = team.id, parent = root }: Json = {}): Promise<string> {
    const id = idAt(at + ++serial / 1000)
    await host.db.insertInto('entries').values({
      id, space_id: space, kind, root_id: root, parent_id: parent, author_id: author, body, title: '', in_feed: !root, active_id: id, edited_at: null, created_at: new Date(at).toISOString(),
    }).execute()
    return id
  }
  /** Everybody begins a thread that nobody answers. */
  const monologues = async (authors: string[], at: number, space = team.id) => {
    for (const author of authors) await wrote(author, at, { space })
  }
  const health = (who = all.ann, weeks = 12, space = team.id) => who.get(`/spaces/${space}/health?weeks=${weeks}`)
  return { ...all, people, wrote, monologues, health }
}

import { sql } from 'kysely'
import type { Host } from '../../server/kernel/context.ts'
import type { Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { QUERIES } from '../metamorphic-views.ts'
import { looks } from '../visibility-surfaces.ts'

/** A link below an entry, as if it had been looked up: the preview has the entry's id. */
export async function giveLink({ host: { db }, settled }: { host: Pick<Host, 'db'>; settled: () => Promise<unknown> }, { id }: { id: string }): Promise<string> {
  // The links of what was just published are read first; that would take away one that is not in its words.
  await settled()
  await db.insertInto('link_previews').values({ id, space_id: sql<string>`(select space_id from entries where id = ${id})`, url: `https://kitchen.example/${id}`, title: 'Soup', picture_id: null, picture: null, width: null, height: null, found_at: null, tried_at: null }).execute()
  await db.insertInto('entry_links').values({ entry_id: id, preview_id: id, position: 0 }).execute()
  return id
}

// Whoever links an entry shows it to those who may read it, and to nobody else.
looks.push(async (r) => {
  const { oracle, person } = r
  const entries = [...oracle.entries.values()].slice(-50)
  if (entries.length) {
    const { json } = await r.get('/linked-entries', '/linked-entries', `?ids=${entries.map(({ id }) => id).join(',')}`)
    const shown = entries.filter((entry) => entry.published && oracle.mayOpen(person, entry)).map(({ id }) => id)
    r.same('entries that are linked', json.items.map(({ id }: Json) => id), shown)
  }
  for (const space of oracle.spaces.values()) await r.open('/spaces/:id/link-previews', space.id, oracle.mayRead(person, space))
})

QUERIES['/entries/:id/readers'] = ({ spaces }) => spaces.map((space) => `space=${space}`)
QUERIES['/linked-entries'] = ({ entries }) => [...entries.map((id) => `ids=${id}`), `ids=${entries.join(',')}`]

equalities.push({
  name: 'the preview of a link, taken away and brought back',
  play: async ({ ann, bob, eve, team, host, settled }, equal) => {
    const post: Json = await bob.post(`/spaces/${team.id}/entries`, { body: 'Look: https://kitchen.example/' })
    const reply: Json = await bob.post(`/entries/${post.id}/replies`, { body: 'and https://kitchen.example/2' })
    for (const entry of [post, reply]) await giveLink({ host, settled }, entry)
    const same = (command: () => Promise<unknown>) => equal([eve, ann, bob], { spaces: [team.id], threads: [post.id] }, command)
    for (const { id } of [post, reply]) {
      await same(() => bob.del(`/entries/${id}/previews/${id}`))
      await same(() => bob.put(`/entries/${id}/previews/${id}`))
    }
  },
})

import { expect, test } from 'vitest'
import { randomFrom } from '../../kernel/graph/random.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { tidyPair, tidyReads } from './tidy.ts'

const EVERYTHING = 'ffffffff-ffff-7fff-bfff-ffffffffffff'

/** All that says to a person what is unread to them in a space. */
async function seen(person: Client, space: Json, roots: string[]) {
  const [counts, card, flat, threads, home, inbox] = await Promise.all([person.get('/unread'), person.get(`/spaces/${space.id}`),
    person.get(`/spaces/${space.id}/entries?view=flat&limit=100`), person.get(`/spaces/${space.id}/entries?limit=100`), person.get('/home?limit=100'), person.get('/inbox?limit=100')])
  const unread = (list: Json) => list.items.map((item: Json) => [item.id ?? item.root.id, item.unread])
  const strips = await Promise.all(roots.map((id) => person.get(`/entries/${id}/thread?limit=100`)))
  return { counts: counts.spaces[space.id], inbox: unread(inbox), card: card.my.unread, flat: unread(flat), threads: unread(threads), home: unread(home), strips: strips.map((strip) => strip.items && unread(strip)) }
}

const positions = async (host: Json, person: Client) => (await host.pool.query('select from thread_reads where person_id = $1', [person.id])).rowCount as number

test.each([1, 2, 3])('of two who read the same, the one whose positions are tidied sees at every moment what the other sees (%i)', async (seed) => {
  const { ann, bob, eve, olga, team, host, settled } = await scene()
  const random = randomFrom(seed)
  const pick = <T>(list: T[]) => list[Math.floor(random() * list.length)]
  await eve.post(`/spaces/${team.id}/join`)
  await olga.post(`/spaces/${team.id}/join`)
  // Bob and Eve read alike; Bob is tidied. Ann and Olga write.
  const readers = [bob, eve]
  const both = (work: (reader: Client) => Promise<Json>) => Promise.all(readers.map(work))
  const entries: { id: string; root: string; by: Client }[] = []
  const roots: string[] = []
  const removed: { id: string; by: Client }[] = []
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const by = pick([ann, olga])
      const { id } = await by.post(`/spaces/${team.id}/entries`, { body: pick(['hello', `@${bob.handle} and @${eve.handle}`]) })
      roots.push(id)
      entries.push({ id, root: id, by })
    },
    async () => {
      if (!entries.length) return
      const by = pick([ann, olga])
      const { root } = pick(entries)
      const { id } = await by.post(`/entries/${root}/replies`, { body: 'hi' })
      if (id) entries.push({ id, root, by })
    },
    async () => entries.length && both((reader) => reader.post(`/entries/${pickOnce().root}/read`)),
    async () => {
      if (!entries.length) return
      const { root } = pickOnce()
      const to = pick(entries.filter((entry) => entry.root === root)).id
      await both((reader) => reader.post(`/entries/${root}/read`, { to }))
    },
    async () => entries.length && both((reader) => reader.post(`/entries/${pickOnce().id}/unread`)),
    async () => {
      const replies = entries.filter(({ id, root }) => id !== root)
      if (!replies.length) return
      const { id, by } = pick(replies)
      await by.del(`/entries/${id}`)
      removed.push({ id, by })
    },
    async () => removed.length && pick(removed).by.post(`/entries/${pick(removed).id}/restore`),
    async () => random() < 0.15 && entries.length && both((reader) => reader.post(`/spaces/${team.id}/read`, { to: pickOnce().id })),
    () => tidyPair(host, { person_id: bob.id, space_id: team.id }, EVERYTHING),
  ]
  // The same for both readers, who ask one after the other.
  let once: (typeof entries)[number]
  const pickOnce = () => once
  for (let step = 0; step < 70; step++) {
    if (entries.length) once = pick(entries)
    await pick(step < 12 ? acts.slice(0, 2) : acts)()
    if (step % 6) continue
    await settled()
    expect(await seen(bob, team, roots), `step ${step}`).toEqual(await seen(eve, team, roots))
  }
  await tidyPair(host, { person_id: bob.id, space_id: team.id }, EVERYTHING)
  await settled()
  expect(await seen(bob, team, roots)).toEqual(await seen(eve, team, roots))
}, 240_000)

test('who reads many threads one by one is left with positions only where something is unread', async () => {
  const { ann, bob, eve, team, host } = await scene()
  const threads: Json[] = []
  for (let n = 0; n < 30; n++) threads.push(await ann.post(`/spaces/${team.id}/entries`, { body: `thread ${n}` }))
  for (const [n, { id }] of threads.entries()) if (n !== 4 && n !== 17) await bob.post(`/entries/${id}/read`)
  for (const { id } of threads) await eve.post(`/entries/${id}/read`)
  await tidyReads.run(host, {})
  // What is younger than a week is left alone.
  expect(await positions(host, bob)).toBe(28)
  const before = await seen(bob, team, threads.map(({ id }) => id))
  expect(before.counts).toBe(2)
  await tidyPair(host, { person_id: bob.id, space_id: team.id }, EVERYTHING)
  expect(await positions(host, bob)).toBe(2)
  expect(await seen(bob, team, threads.map(({ id }) => id))).toEqual(before)
  // Somebody who left most of them unread has the fewer rows already.
  const olga = (await scene()).ann
  await olga.post(`/spaces/${team.id}/join`)
  await tidyPair(host, { person_id: olga.id, space_id: team.id }, EVERYTHING)
  expect(await positions(host, olga)).toBe(0)

  // Eve never joined: a bookmark goes when nobody came back to it for a year.
  await host.pool.query(`update thread_reads set at = now() - interval '13 months' where person_id = $1 and root_id = any($2)`, [eve.id, threads.slice(0, 10).map(({ id }) => id)])
  await tidyReads.run(host, {})
  expect(await positions(host, eve)).toBe(20)
})

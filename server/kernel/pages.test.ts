import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../scene.ts'

/** Bob may read Ann's team and knows nothing of her den; every list in it has more than one page of one. */
async function setting() {
  const all = await scene()
  const { ann, bob, eve, team } = all
  const den: Json = await ann.post('/spaces', { name: `Den ${ann.handle}`, purpose: 'x', visibility: 'secret' })
  const other: Json = await ann.post('/spaces', { name: `Other ${ann.handle}`, purpose: 'x' })
  for (const one of [bob, eve]) await ann.put(`/spaces/${other.id}/members/${one.id}`)
  const entry: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'Hello' })
  const lists = ['/spaces', '/people', `/spaces/${team.id}/members`, `/spaces/${other.id}/members`, `/entries/${entry.id}/audience`]
  return { ...all, den, entry, lists }
}
const first = (one: Client, list: string): Promise<Json> => one.get(`${list}?limit=1`)
const after = (one: Client, list: string, cursor: string): Promise<Json> => one.get(`${list}?limit=1&before=${encodeURIComponent(cursor)}`)

test('a page goes on from what the one before was sorted by, for its reader and list; every other cursor is refused alike', async () => {
  const { ann, bob, eve, gina, team, den, entry, lists } = await setting()
  const next = await Promise.all(lists.map(async (list) => (await first(bob, list)).next as string))
  const refused = await after(bob, '/spaces', 'x')
  expect(refused).toMatchObject({ status: 422, code: 'bad_cursor' })
  for (const [i, list] of lists.entries()) {
    expect((await after(bob, list, next[i])).items).toHaveLength(1)
    const foreign = (await first(ann, list)).next
    const forged = `${Buffer.from(JSON.stringify(['', den.id])).toString('base64url')}.${next[i].split('.')[1]}`
    const others = next.filter((_, k) => k !== i)
    for (const wrong of [den.id, team.id, entry.id, ann.id, gina.id, '01a2010f-841e-7000-b1be-62788d92349e', foreign, forged, ...others, `${next[i]}A`, next[i].slice(0, -1), next[i].split('.')[0], '.', '', 'a.b.c', 'é'])
      expect(await after(bob, list, wrong), `${list} ${wrong}`).toEqual(refused)
  }
  expect(await after(eve, '/spaces', next[0])).toEqual(refused)
})

test('it goes on where it was when the row that it ended with is called differently or is gone, and with any name', async () => {
  const { ann, bob } = await scene()
  const mark = `zz${ann.handle}`
  const named: Json[] = []
  for (const name of [`${mark} a`, `${mark} b`, `${mark} c${'"\\'.repeat(30)}`, `${mark} d 漢字`]) named.push(await ann.post('/spaces', { name: name.slice(0, 80), purpose: 'x' }))
  const list = `/spaces?q=${mark}&limit=1`
  const page = async (next: string): Promise<Json> => bob.get(`${list}&before=${encodeURIComponent(next)}`)
  const one = await bob.get(list)
  expect(one.items).toMatchObject([{ id: named[0].id }])
  await ann.patch(`/spaces/${named[0].id}`, { name: `${mark} e 漢字` })
  const two = await page(one.next)
  expect(two.items).toMatchObject([{ id: named[1].id }])
  await ann.post(`/spaces/${named[1].id}/archive`)
  const rest: string[] = []
  for (let { next } = two; next;) {
    const more: Json = await page(next)
    rest.push(...more.items.map(({ id }: Json) => id))
    next = more.next
  }
  expect(rest.toSorted()).toEqual([named[0].id, named[2].id, named[3].id].toSorted())
})

import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const post = (person: Client, space: Json, body = 'Hello') => person.post(`/spaces/${space.id}/entries`, { body }) as Promise<Json>
const pin = (person: Client, entry: Json) => person.put(`/entries/${entry.id}/pinned`) as Promise<Json>
const unpin = (person: Client, entry: Json) => person.del(`/entries/${entry.id}/pinned`) as Promise<Json>
const pins = async (person: Client, space: Json) => (await person.get(`/spaces/${space.id}/pins`)).items?.map(({ id }: Json) => id)

test('a member who writes pins, everybody who reads finds it, and hears of it live', async () => {
  const { ann, bob, eve, team } = await scene()
  const [one, two] = [await post(ann, team), await post(eve, team)]
  const live = await eve.live()
  await live.watch(team.id)
  expect(await pin(eve, one)).toMatchObject({ status: 403, code: 'members_only' })
  expect(await pin(bob, one)).toMatchObject({ pinned: { by: bob.id } })
  const reply = await ann.post(`/entries/${two.id}/replies`, { body: 'The answer' })
  await pin(ann, reply)
  await pin(bob, reply)
  expect(await pins(eve, team)).toEqual([reply.id, one.id])
  const heard = await live.until(({ type }) => type === 'entry.pinned')
  expect(heard).toMatchObject({ entry: { id: one.id, pinned: { by: bob.id } }, data: { pinned: true } })
  await ann.del(`/entries/${one.id}`)
  expect(await pins(eve, team)).toEqual([reply.id])
  await ann.post(`/entries/${one.id}/restore`)
  expect(await pins(eve, team)).toEqual([reply.id, one.id])
})

test('who pinned something takes it down, or a host; nobody else, and nobody where it is archived', async () => {
  const { ann, bob, olga, team } = await scene()
  await olga.post(`/spaces/${team.id}/join`)
  const carl = (await scene()).bob
  await carl.post(`/spaces/${team.id}/join`)
  const [one, two, three] = [await post(ann, team), await post(ann, team), await post(ann, team)]
  for (const entry of [one, two, three]) await pin(bob, entry)
  expect(await unpin(carl, one)).toMatchObject({ code: 'pinners_only' })
  expect(await unpin(bob, one)).toMatchObject({ pinned: null })
  expect(await unpin(ann, two)).toMatchObject({ pinned: null })
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await unpin(bob, three)).toMatchObject({ code: 'pinners_only' })
  expect(await pin(bob, one)).toMatchObject({ code: 'members_only' })
  expect(await pins(bob, team)).toEqual([three.id])
})

test('twenty can be pinned at most, also by several at once, and are read page by page', async () => {
  const { ann, bob, team } = await scene()
  const entries: Json[] = []
  for (let n = 0; n < 22; n++) entries.push(await post(ann, team, `number ${n}`))
  const answers = await Promise.all(entries.map((entry, n) => pin(n % 2 ? ann : bob, entry)))
  expect(answers.filter(({ code }) => code === 'too_many_pins')).toHaveLength(2)
  const found: string[] = []
  for (let cursor = ''; ;) {
    const page = await bob.get(`/spaces/${team.id}/pins?limit=7${cursor}`)
    found.push(...page.items.map(({ id }: Json) => id))
    if (!page.next) break
    cursor = `&before=${page.next}`
  }
  expect(found).toEqual(await pins(bob, team))
  expect(new Set(found).size).toBe(20)
})

test('in a conversation both pin, and whoever may not read a space finds no pins of it', async () => {
  const { ann, bob, eve } = await scene()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  const line = await post(ann, talk, 'The door code')
  await pin(bob, line)
  expect(await pins(ann, talk)).toEqual([line.id])
  expect(await eve.get(`/spaces/${talk.id}/pins`)).toMatchObject({ code: 'not_found' })
  expect(await pin(eve, line)).toMatchObject({ code: 'not_found' })
  expect(await unpin(ann, line)).toMatchObject({ code: 'pinners_only' })
})

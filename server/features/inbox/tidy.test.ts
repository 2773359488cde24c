import { expect, test } from 'vitest'
import { ZERO_ID } from '../../kernel/ids.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { tidyInbox, tidyPiece } from './tidy.ts'

const EVERYTHING = 'ffffffff-ffff-7fff-bfff-ffffffffffff'

test('of what a long thread told somebody only that stays which the inbox shows', async () => {
  const { ann, bob, team, host, settled } = await scene()
  const reply = (root: Json, body: string) => bob.post(`/entries/${root.id}/replies`, { body }) as Promise<Json>
  const root = await ann.post(`/spaces/${team.id}/entries`, { body: 'root' })
  const mention = await reply(root, `what do you say, @${ann.handle}?`)
  const replies: Json[] = []
  for (let n = 0; n < 8; n++) replies.push(await reply(root, `reply ${n}`))
  await ann.post(`/entries/${root.id}/read`, { to: replies[6].id })
  await settled()
  await bob.del(`/entries/${replies[7].id}`)
  const other = await ann.post(`/spaces/${team.id}/entries`, { body: 'unread' })
  for (let n = 0; n < 6; n++) await reply(other, `still unread ${n}`)
  await settled()
  const kept = async (person: Client, of: Json) => (await host.pool.query('select distinct entry_id as id from notifications where person_id = $1 and root_id = $2 order by 1', [person.id, of.id])).rows.map(({ id }) => id)
  const before = await ann.get('/inbox')
  expect(before.items).toMatchObject([{ root: { id: other.id }, unread: 6 }, { root: { id: root.id }, unread: 0, reasons: ['mention', 'reply'] }])

  // What is younger than a quarter of a year is left alone.
  await tidyInbox.run(host, {})
  expect(await kept(ann, root)).toHaveLength(9)
  await tidyPiece(host, { person_id: ZERO_ID, root_id: ZERO_ID }, EVERYTHING)
  // The newest three, why else there is something, and what was removed and can come back.
  expect(await kept(ann, root)).toEqual([mention, ...replies.slice(4)].map(({ id }) => id))
  expect(await kept(ann, other)).toHaveLength(6)
  expect(await ann.get('/inbox')).toEqual(before)
  await bob.post(`/entries/${replies[7].id}/restore`)
  expect((await ann.get('/inbox')).items.find((item: Json) => item.root.id === root.id)).toMatchObject({ unread: 1, entries: [replies[7], replies[6], replies[5]].map(({ id }) => ({ id })) })

  await bob.del(`/entries/${replies[7].id}`)
  await host.pool.query('delete from removals')
  await tidyInbox.run(host, {})
  expect(await kept(ann, root)).toEqual([mention, ...replies.slice(4, 7)].map(({ id }) => id))
})

import { expect, test } from 'vitest'
import { scene } from '../scene.ts'
import { forgetPassingFacts } from './passing-facts.ts'

test('facts that were of use for days are gone after thirty of them, and what happened stays', async () => {
  const { ann, bob, team, host, settled } = await scene()
  const post = async (body: string) => bob.post(`/spaces/${team.id}/entries`, { body })
  const forget = () => forgetPassingFacts.run(host, {})
  const entry = await post(`old @${ann.handle}`)
  await settled()
  await ann.post(`/entries/${entry.id}/read`)
  await settled()
  await forget()
  const kinds = async () => (await ann.get('/events?after=0')).items.map(({ type }: { type: string }) => type)
  const before = await kinds()
  expect(before).toEqual(expect.arrayContaining(['entry.published', 'membership.joined', 'notification.created', 'read.marked']))

  // Forty days later.
  await host.pool.query(`update events set at = at - interval '40 days'`)
  await post('new')
  await ann.post(`/spaces/${team.id}/read`)
  await settled()
  await forget()
  const passing = ['notification.created', 'read.marked', 'session.ended']
  expect(await kinds()).toEqual([...before.filter((type: string) => !passing.includes(type)), 'entry.published', 'read.marked'])
  // What is young stays, however often it is looked at; what is behind it is looked at when it is old.
  await forget()
  expect((await kinds()).at(-1)).toBe('read.marked')
  await host.pool.query(`update events set at = at - interval '40 days'`)
  await forget()
  expect((await kinds()).filter((type: string) => passing.includes(type))).toEqual([])
})

test('a long log is gone through in pieces, to its end', async () => {
  const { ann, host, settled } = await scene()
  await host.pool.query(`insert into events (type, person_id, data, at) select case when n % 2 = 0 then 'read.marked' else 'person.changed' end, $1, '{"of":"old"}', now() - interval '31 days'
    from generate_series(1, 25000) n`, [ann.id])
  await settled()
  await forgetPassingFacts.run(host, {})
  const { rows } = await host.pool.query(`select type, count(*)::int as n from events where data->>'of' = 'old' group by 1`)
  expect(rows).toEqual([{ type: 'person.changed', n: 12500 }])
})

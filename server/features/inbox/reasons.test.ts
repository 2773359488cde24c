import '../../../test/reasons-of-a-feature.ts'
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allReasons } from '../../core/entries/reasons.ts'
import { type Client, type Json, scene } from '../../scene.ts'

const post = (person: Client, space: Json, body: string, title = '') => person.post(`/spaces/${space.id}/entries`, { body, title }) as Promise<Json>
const told = (live: { events: Json[] }) => live.events.filter((e) => e.type === 'notification.created').map((e) => e.data)

test('a feature declares a reason in a line, and people are told of it and find it in their inbox', async () => {
  const { ann, bob, team, settled } = await scene()
  const live = await ann.live()
  const entry = await post(ann, team, 'We did it')
  for (const person of [ann, bob]) await person.put(`/entries/${entry.id}/reactions/🎉`)
  await settled()
  await live.until((e) => e.type === 'notification.created')
  expect(told(live)).toEqual([{ space: team.id, root: entry.id, entry: entry.id, reasons: ['cheered'], inbox: 1, late: true }])
  expect((await ann.get('/inbox')).items).toMatchObject([{ root: { id: entry.id }, reasons: ['cheered'], unread: 1, entries: [{ id: entry.id }] }])
})

test('an entry concerns somebody for several reasons, is told once for each, and counts once', async () => {
  const { ann, bob, team, settled } = await scene()
  const live = await ann.live()
  const root = await post(ann, team, 'Lunch?')
  const answer = await bob.post(`/entries/${root.id}/replies`, { body: 'Yes' })
  await settled()
  await bob.patch(`/entries/${answer.id}`, { body: `Yes, @${ann.handle}` })
  await bob.patch(`/entries/${answer.id}`, { body: `Yes, yes, @${ann.handle}` })
  await settled()
  await live.until((e) => e.data?.reasons?.includes('mention'))
  expect(told(live)).toEqual([['reply'], ['mention']].map((reasons) => ({ space: team.id, root: root.id, entry: answer.id, reasons, inbox: 1, late: reasons[0] === 'mention' })))
  expect((await ann.get('/inbox')).items).toMatchObject([{ reasons: ['mention', 'reply'], unread: 1, entries: [{ id: answer.id }] }])
})

test('a whole audience hears the fact itself: nobody is told one by one, and it waits in their inboxes', async () => {
  const { ann, bob, team, host, settled } = await scene()
  await host.pool.query(`with new as (insert into people (id, handle, name, role, photo, password_hash, email)
      select gen_random_uuid(), $2 || i, 'Somebody', 'member', null, null, null from generate_series(1, 250) i returning id)
    insert into memberships (space_id, person_id, read_to) select $1, id, '00000000-0000-0000-0000-000000000000' from new`, [team.id, `crowd-${ann.handle}-`])
  const facts = async (entry: Json) => (await host.pool.query(`select type from events where entry_id = $1 or data->>'entry' = $1::text`, [entry.id])).rows.map(({ type }) => type)
  const plain = await post(ann, team, 'To all who follow this')
  const headline = await post(ann, team, 'To all', 'Headline')
  const few = await post(ann, team, `@${bob.handle}`)
  await settled()
  expect(await facts(plain)).toEqual(['entry.published'])
  expect(await facts(headline)).toEqual(['entry.published'])
  expect(await facts(few)).toEqual(['entry.published', 'notification.created'])
  expect((await host.pool.query('select from notifications where entry_id = $1', [headline.id])).rowCount).toBe(251)
  expect((await bob.get('/inbox')).items.map((item: Json) => item.reasons)).toEqual([['mention'], ['headline']])
  expect((await bob.get('/unread')).inbox).toBe(2)
})

test('the count stops at one hundred and looks only at what no reading position has passed', async () => {
  const { ann, bob, team, host, settled } = await scene()
  const first = await post(bob, team, `@${ann.handle}`)
  await settled()
  await host.pool.query(`with made as (insert into entries (id, space_id, kind, author_id, in_feed, active_id, body)
      select id, $1, 'update', $2, true, id, 'x' from (select ('ffffffff-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid as id from generate_series(1, 120) i) ids returning id)
    insert into notifications (person_id, entry_id, root_id, space_id, reason, moment) select $3, id, id, $1, 'mention', id from made`, [team.id, bob.id, ann.id])
  const waiting = async () => (await host.pool.query('select from notifications where person_id = $1 and not passed', [ann.id])).rowCount
  expect((await ann.get('/unread')).inbox).toBe(100)
  expect(await waiting()).toBe(121)
  await ann.post(`/spaces/${team.id}/read`)
  expect([(await ann.get('/unread')).inbox, await waiting()]).toEqual([0, 0])
  expect((await ann.post(`/entries/${first.id}/unread`)).inbox).toBe(1)
  expect([(await ann.get('/unread')).inbox, await waiting()]).toEqual([1, 1])
  expect((await ann.post(`/entries/${first.id}/read`)).inbox).toBe(0)
  // What was read stays read for who leaves the space and looks on from outside.
  await ann.put(`/spaces/${team.id}/members/${bob.id}`, { role: 'host' })
  await ann.post(`/spaces/${team.id}/leave`)
  expect((await ann.get('/unread')).inbox).toBe(0)
  expect((await ann.get('/inbox?limit=100')).items.filter((item: Json) => item.unread)).toEqual([])
})

test('the web says every reason in words of the feature that declared it, in both languages', () => {
  const features = globSync('web/features/*/feature.ts').map((path) => readFileSync(path, 'utf8')).join('\n')
  const ours = allReasons().map(({ name }) => name).filter((name) => name !== 'cheered' && name !== 'headline')
  expect(ours).toEqual(expect.arrayContaining(['mention', 'reply']))
  for (const name of ours) {
    const [, namespace, key] = new RegExp(`defineReason\\('${name}', \\{ text: '([\\w-]+):([\\w.]+)'`).exec(features) ?? []
    for (const language of ['en', 'de']) {
      const [file] = globSync(`web/locales/${language}/{,later/}${namespace}.json`)
      expect(key.split('.').reduce((texts, part) => texts[part], JSON.parse(readFileSync(file, 'utf8'))), `${name} in ${language}`).toBeTypeOf('string')
    }
  }
})

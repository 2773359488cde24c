import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const say = (by: Client, space: Json, title: string, more: object = {}): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'fact', title, ...more })
const board = async (by: Client, space: Json, query = ''): Promise<Json[]> => (await by.get(`/spaces/${space.id}/facts${query}`)).items
const about = async (by: Client, space: Json, query = '') => (await board(by, space, query)).map((one) => one.about)
const degrees = (number: number) => ({ type: 'number', number, unit: '°C' })
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

test('Bob says what he saw, Ann confirms it, and the board says what holds, how sure, who saw it last and when', async () => {
  const { ann, bob, eve, team } = await scene()
  const fact = await say(bob, team, 'Dew point in the dry room', { value: degrees(-42), place: 'Hall 2', source: 'Display at the door', seen_at: ago(3), confidence: 'high' })
  expect(fact).toMatchObject({
    kind: 'fact', fact: {
      subject: 'Dew point in the dry room', place: 'Hall 2', value: degrees(-42), source: 'Display at the door', confidence: expect.closeTo(0.85), contradicts: null, confirmations: 0, mine: null,
      now: { about: 'Dew point in the dry room', disputed: false, sides: [{ fact: fact.id, people: 1, seen_by: { id: bob.id } }] },
    },
  })
  const at = ago(1)
  expect(await ann.put(`/entries/${fact.id}/confirmation`, { seen_at: at })).toMatchObject({ fact: { confirmations: 1 } })
  const [row] = await board(eve, team)
  expect(row).toMatchObject({ about: 'Dew point in the dry room', place: 'Hall 2', disputed: false, sides: [{ people: 2, seen_by: { id: ann.id }, value: degrees(-42) }] })
  expect([row.sure > fact.fact.now.sure, new Date(row.sides[0].seen_at).toISOString()]).toEqual([true, at])
  expect((await bob.get(`/entries/${fact.id}`)).fact.mine).toBeNull()
  expect(await ann.del(`/entries/${fact.id}/confirmation`)).toMatchObject({ fact: { confirmations: 0, mine: null } })
  expect((await board(eve, team))[0].sides[0].people).toBe(1)
})

test('what is seen otherwise stands beside it, until one more has looked; whoever said it is told', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const [carl, dora] = [(await scene()).bob, (await scene()).bob]
  const shut = await say(ann, team, 'The east gate', { value: { type: 'choice', text: 'open' }, seen_at: ago(5) })
  await carl.put(`/entries/${shut.id}/confirmation`, { seen_at: ago(4) })
  const other: Json = await bob.post(`/entries/${shut.id}/contradictions`, { title: 'The east gate', value: { type: 'choice', text: 'Shut' }, seen_at: ago(3) })
  expect(other).toMatchObject({ fact: { contradicts: shut.id, subject: 'The east gate', now: { disputed: true } } })
  expect((await eve.get(`/entries/${shut.id}`)).fact).toMatchObject({ contradicted_by: other.id, now: { disputed: true, sides: [{ fact: shut.id }, { fact: other.id }] } })
  expect(await about(eve, team, '?state=disputed')).toEqual(['The east gate'])
  await settled()
  for (const person of [ann, carl]) expect((await person.get('/inbox')).items).toMatchObject([{ root: { id: other.id }, reasons: ['fact_contradicted'] }])
  expect((await bob.get('/inbox')).items).toEqual([])
  await dora.put(`/entries/${other.id}/confirmation`, { seen_at: ago(2) })
  await eve.put(`/entries/${other.id}/confirmation`, { seen_at: ago(1) })
  await carl.del(`/entries/${shut.id}/confirmation`)
  expect((await board(eve, team))[0]).toMatchObject({ disputed: false, sides: [{ fact: other.id, people: 3 }, { fact: shut.id, people: 1 }] })
  expect(await bob.post(`/entries/${shut.id}/contradictions`, { title: 'x', value: { type: 'text', text: 'OPEN' } })).toMatchObject({ status: 422, code: 'says_the_same' })
})

test('what is so now takes the place of what was, and those who spoke for that are told', async () => {
  const { ann, bob, team, settled } = await scene()
  const old = await say(ann, team, 'Torque of the M5 screws', { value: { type: 'number', number: 9, unit: 'Nm' }, seen_at: ago(48) })
  for (const { bob: other } of [await scene(), await scene()]) await other.put(`/entries/${old.id}/confirmation`, { seen_at: ago(40) })
  const next: Json = await bob.post(`/entries/${old.id}/successors`, { title: 'Torque of the M5 screws', value: { type: 'number', number: 6, unit: 'Nm' } })
  expect(next.fact).toMatchObject({ supersedes: old.id, now: { disputed: false, sides: [{ fact: next.id, people: 1 }, { fact: old.id, people: 3 }] } })
  expect((await ann.get(`/entries/${old.id}`)).fact).toMatchObject({ superseded_by: next.id, now: next.fact.now })
  await settled()
  expect((await ann.get('/inbox')).items).toMatchObject([{ root: { id: next.id }, reasons: ['fact_superseded'] }])
})

test('facts about the same stand together, also those that nobody linked; places are kept apart', async () => {
  const { ann, bob, eve, team } = await scene()
  await say(ann, team, 'Line 4 is running', { subject: 'Line 4', place: 'Maribor', seen_at: ago(3) })
  await say(bob, team, 'line 4 is running.', { subject: 'LINE  4', place: 'maribor', seen_at: ago(2) })
  await say(eve, team, 'Line 4 stands still', { subject: 'Line 4', place: 'Joinville' })
  const rows = await board(ann, team)
  expect(rows.map(({ place, sides }) => [place, sides.map(({ people }: Json) => people)])).toEqual([['Joinville', [1]], ['maribor', [2]]])
  expect(await about(ann, team, '?q=joinville+line')).toEqual(['Line 4'])
  expect(await about(ann, team, '?q=50%25')).toEqual([])
})

test('what changed since one last looked is what one asks for; a confirmation is no change', async () => {
  const { ann, bob, team } = await scene()
  const first = await say(ann, team, 'Stock of separators', { value: { type: 'text', text: 'two weeks' }, seen_at: ago(9) })
  await say(ann, team, 'Canteen', { value: { type: 'text', text: 'burek' } })
  const [newest] = await board(bob, team)
  expect((await bob.get(`/spaces/${team.id}/facts`)).position).toBeNull()
  expect(await bob.put(`/spaces/${team.id}/facts/position`, { to: newest.changed })).toMatchObject({ status: 204 })
  await bob.put(`/spaces/${team.id}/facts/position`, { to: first.fact.now.changed })
  expect((await bob.get(`/spaces/${team.id}/facts`)).position).toBe(newest.changed)
  await bob.put(`/entries/${first.id}/confirmation`, { seen_at: ago(8) })
  expect(await about(bob, team, `?since=${newest.changed}`)).toEqual([])
  await ann.post(`/entries/${first.id}/contradictions`, { title: 'Stock', value: { type: 'text', text: 'three days' } })
  expect(await about(bob, team, `?since=${newest.changed}`)).toEqual(['Stock of separators'])
  expect(await about(bob, team)).toEqual(['Stock of separators', 'Canteen'])
  const page: Json = await bob.get(`/spaces/${team.id}/facts?limit=1`)
  expect((await bob.get(`/spaces/${team.id}/facts?limit=1&before=${page.next}`)).items).toMatchObject([{ about: 'Canteen' }])
})

test('what is past its time is stale, and fresh again when somebody looks', async () => {
  const { ann, bob, team } = await scene()
  const old = await say(ann, team, 'Guest badge code', { value: { type: 'text', text: '4711' }, seen_at: ago(48), valid_until: ago(24) })
  await say(ann, team, 'Parking', { value: { type: 'text', text: 'free' } })
  expect(await about(bob, team, '?state=stale')).toEqual(['Guest badge code'])
  expect(await about(bob, team, '?state=holds')).toEqual(['Parking'])
  await bob.put(`/entries/${old.id}/confirmation`)
  expect(await about(bob, team, '?state=stale')).toEqual([])
})

test('in whatever order what people saw arrives, all see the same in the end', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const talk = async (turn: number) => {
    const subject = `Pump ${turn}`
    const say1 = () => say(ann, team, 'runs', { subject, seen_at: ago(10) })
    const say2 = () => say(bob, team, 'is broken', { subject, seen_at: ago(6) })
    const made = turn === 0 ? [await say1(), await say2()] : turn === 1 ? [await say2(), await say1()].toReversed() : await Promise.all([say1(), say2()])
    const acts = [
      () => eve.put(`/entries/${made[0].id}/confirmation`, { seen_at: ago(8) }), () => ann.put(`/entries/${made[1].id}/confirmation`, { seen_at: ago(4) }),
      // From a phone that was offline: older than what is known already, and changes nothing.
      () => eve.put(`/entries/${made[0].id}/confirmation`, { seen_at: ago(9) }), () => eve.put(`/entries/${made[1].id}/confirmation`, { seen_at: ago(3) }),
    ]
    if (turn === 2) await Promise.all(acts.map((act) => act()))
    else for (const act of turn ? acts.toReversed() : acts) await act()
    const row = (await board(ann, team, `?q=${encodeURIComponent(subject)}`))[0]
    return { disputed: row.disputed, sides: row.sides.map(({ claim, people, seen_by }: Json) => ({ claim, people, by: seen_by.id })), sure: row.sure.toFixed(4) }
  }
  const one = await talk(0)
  expect(await talk(1)).toEqual(one)
  expect(await talk(2)).toEqual(one)
  await settled()
  expect(one).toMatchObject({ disputed: false, sides: [{ claim: 'is broken', people: 3, by: eve.id }] })
})

test('a repeated confirmation is one, whoever may only read does not confirm, and where one may not read there is nothing', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const board1: Json = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const hidden = await say(ann, board1, 'We are sold')
  const key = { 'idempotency-key': 'the same' }
  const fact = await say(ann, team, 'The lift is out of order')
  const at = ago(0)
  for (let n = 0; n < 2; n++) expect(await bob.put(`/entries/${fact.id}/confirmation`, { seen_at: at }, key)).toMatchObject({ fact: { confirmations: 1 } })
  for (const [method, path] of [['put', 'confirmation'], ['del', 'confirmation'], ['post', 'contradictions'], ['post', 'successors']] as const)
    expect(await (eve[method] as (path: string, body?: object) => Promise<Json>)(`/entries/${hidden.id}/${path}`, method === 'post' ? { title: 'Not so' } : undefined)).toMatchObject({ status: 404 })
  expect(await eve.get(`/spaces/${board1.id}/facts`)).toMatchObject({ code: 'not_found' })
  expect(await say(eve, team, 'Otherwise', { contradicts: hidden.id })).toMatchObject({ status: 404 })
  expect(await say(ann, team, 'Otherwise', { contradicts: hidden.id })).toMatchObject({ code: 'said_elsewhere' })
  await ann.put(`/spaces/${board1.id}/members/${gina.id}`)
  expect(await gina.put(`/entries/${hidden.id}/confirmation`)).toMatchObject({ fact: { confirmations: 1 } })
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await bob.del(`/entries/${fact.id}/confirmation`)).toMatchObject({ status: 403 })
  const update: Json = await ann.post(`/spaces/${board1.id}/entries`, { body: 'Hello' })
  expect(await ann.put(`/entries/${update.id}/confirmation`)).toMatchObject({ status: 422, code: 'not_a_fact' })
  expect(await ann.post(`/entries/${update.id}/contradictions`, { title: 'No' })).toMatchObject({ status: 422, code: 'not_a_fact' })
})

test('what nobody can have seen, or what ends before it was seen, is refused, and so is what is no value', async () => {
  const { bob, team } = await scene()
  const refused = async (more: object) => (await say(bob, team, 'Soup', more)).code
  expect(await refused({ seen_at: ago(-1) })).toBe('seen_in_future')
  expect(await refused({ seen_at: ago(1), valid_until: ago(2) })).toBe('valid_too_short')
  for (const bad of [{ seen_at: 'yesterday' }, { valid_until: '9999-01-01T00:00:00Z' }, { confidence: 2 }, { value: { type: 'number', number: 'x' } }, { value: { type: 'date', date: '2026-02-31' } }, { value: { type: 'choice', text: '' } }])
    expect(await refused(bad)).toBe('invalid')
  expect((await say(bob, team, ' ')).code).toBe('title_needed')
  const fact = await say(bob, team, 'Soup')
  expect(await refused({ contradicts: fact.id, supersedes: fact.id })).toBe('one_or_other')
  expect(await bob.put(`/entries/${fact.id}/confirmation`, { seen_at: ago(-1) })).toMatchObject({ code: 'seen_in_future' })
})

test('what is removed counts no more, counts again when it is back, and leaves nothing of its words after a day', async () => {
  const { ann, bob, eve, team } = await scene()
  const one = await say(ann, team, 'Forklift is charged', { subject: 'Forklift', seen_at: ago(2) })
  const live = await eve.live()
  await live.watch(team.id)
  const other: Json = await bob.post(`/entries/${one.id}/contradictions`, { title: 'Forklift is flat' })
  await bob.del(`/entries/${other.id}`)
  expect((await board(eve, team))[0]).toMatchObject({ disputed: false, sides: [{ claim: 'Forklift is charged' }] })
  const told = await live.until((event) => event.type === 'fact.settled' && event.entry.fact.now.sides.length === 1)
  expect(told.entry).toMatchObject({ id: one.id, fact: { contradicted_by: null } })
  await bob.post(`/entries/${other.id}/restore`)
  expect((await board(eve, team))[0].disputed).toBe(true)
  await bob.del(`/entries/${other.id}`)
  await ann.del(`/entries/${one.id}`)
  expect(await board(eve, team)).toEqual([])
  live.close()
})

test('a claim is mended while it is its author\'s alone, and stands once others spoke for it', async () => {
  const { ann, bob, team } = await scene()
  const fact = await say(ann, team, 'The dor is open')
  expect(await ann.patch(`/entries/${fact.id}`, { title: 'The door is open' })).toMatchObject({ fact: { subject: 'The door is open', now: { about: 'The door is open' } } })
  expect(await about(bob, team)).toEqual(['The door is open'])
  await bob.put(`/entries/${fact.id}/confirmation`)
  expect(await ann.patch(`/entries/${fact.id}`, { title: 'The door is shut' })).toMatchObject({ status: 409, code: 'already_answered' })
  expect(await ann.patch(`/entries/${fact.id}`, { body: 'Since noon' })).toMatchObject({ body: 'Since noon' })
})

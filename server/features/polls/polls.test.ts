import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aDayLater, placesOf } from '../../../test/canary.ts'
import { ballotOf, putIn, voteSecretly } from '../../../test/voter.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Client, type Json, scene, signedIn } from '../../scene.ts'
import { close, closeOverduePolls } from './close.ts'

const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
const HOUR = 3_600_000

const ask = (by: Client, space: Json, more: object = {}): Promise<Json> =>
  by.post(`/spaces/${space.id}/entries`, { kind: 'poll', title: 'When do we eat?', options: ['Noon', 'One', 'Two'], method: 'single', closes_at: inMs(48 * HOUR), ...more })
const vote = (by: Client, { id }: Json, ...chosen: string[]): Promise<Json> => by.post(`/entries/${id}/votes`, { chosen })
const reasonsOf = async (by: Client, { id }: Json): Promise<string[]> => (await by.get('/inbox')).items.find((item: Json) => item.root.id === id)?.reasons ?? []

/** Its moment comes: it is moved into the past, and the job runs. */
async function letClose({ host, settled }: Awaited<ReturnType<typeof scene>>, { id }: Json) {
  await sql`update polls set closes_at = now() - interval '1 second' where entry_id = ${id}`.execute(host.db)
  await inTransaction(host, SYSTEM, (ctx) => close(ctx, id))
  await settled()
}

test('people vote by name and change their minds, all see how it stands and who chose what, and when it closes those who voted hear of it', async () => {
  const all = await scene()
  const { ann, bob, eve, gina, team } = all
  const poll = await ask(ann, team)
  expect(poll).toMatchObject({ kind: 'poll', poll: { state: 'open', method: 'single', options: [{ id: '1', text: 'Noon' }, { id: '2' }, { id: '3' }], turnout: 0, count: null, anonymous: false, hidden: false } })
  const live = await ann.live()
  expect(await vote(bob, poll, '1')).toMatchObject({ poll: { turnout: 1, count: { winner: '1' } } })
  await vote(eve, poll, '1')
  await vote(ann, poll, '2')
  expect(await vote(bob, poll, '2')).toMatchObject({ poll: { turnout: 3, count: { votes: 3, winner: '2', tally: [{ option: '1', votes: 1 }, { option: '2', votes: 2 }, { option: '3', votes: 0 }] } } })
  expect((await live.until(({ entry }) => entry?.poll?.count?.winner === '2')).type).toBe('poll.voted')
  expect(await bob.get(`/entries/${poll.id}/poll`)).toMatchObject({ mine: ['2'], ballot: false, may: { vote: true } })
  expect((await eve.get(`/entries/${poll.id}/votes`)).items).toMatchObject([{ person: { id: bob.id }, chosen: ['2'] }, { person: { id: ann.id }, chosen: ['2'] }, { person: { id: eve.id }, chosen: ['1'] }])
  expect(await vote(gina, poll, '1')).toMatchObject({ code: 'not_found' })
  await letClose(all, poll)
  expect(await ann.get(`/entries/${poll.id}`)).toMatchObject({ poll: { state: 'closed', turnout: 3, count: { winner: '2' } } })
  expect(await reasonsOf(bob, poll)).toEqual(['poll_closed'])
  expect(await vote(bob, poll, '1')).toMatchObject({ status: 409, code: 'poll_closed' })
})

test('what is hidden is told when it closes, by its job, at its moment', async () => {
  const { ann, bob, team } = await scene()
  const poll = await ask(ann, team, { hidden: true, method: 'multiple', closes_at: inMs(2500) })
  expect(await vote(bob, poll, '3', '1')).toMatchObject({ poll: { turnout: 1, count: null } })
  expect((await ann.get(`/entries/${poll.id}/votes`)).items).toEqual([])
  expect(await bob.get(`/entries/${poll.id}/poll`)).toMatchObject({ mine: ['1', '3'] })
  await expect.poll(async () => (await ann.get(`/entries/${poll.id}`)).poll, { timeout: 60_000 }).toMatchObject({ state: 'closed', count: { votes: 1, tied: ['1', '3'], winner: null } })
  expect((await ann.get(`/entries/${poll.id}/votes`)).items).toMatchObject([{ person: { id: bob.id }, chosen: ['1', '3'] }])
})

test('a ranking is counted as Schulze has it, by name and anonymously', async () => {
  const all = await scene()
  const { ann, bob, eve, team } = all
  const poll = await ask(ann, team, { method: 'ranked' })
  for (const [who, ...ranking] of [[ann, '1', '3'], [bob, '2', '3', '1'], [eve, '3', '2']] as [Client, ...string[]][]) await vote(who, poll, ...ranking)
  expect((await ann.get(`/entries/${poll.id}`)).poll.count).toMatchObject({ votes: 3, winner: '3', pairs: [[0, 1, 1], [2, 0, 1], [2, 2, 0]] })
})

/** Ann, Bob, Eve and Olga, and as many more as are wanted. */
async function crowd(all: Awaited<ReturnType<typeof scene>>, n = 0): Promise<Client[]> {
  const more = await Promise.all(Array.from({ length: n }, () => scene()))
  return [all.ann, all.bob, all.eve, all.olga, ...more.map(({ eve }) => eve)]
}

test('an anonymous vote is put in by nobody: it tells its turnout in steps, its result at the end, and everybody who got a ballot hears of that', async () => {
  const all = await scene()
  const poll = await ask(all.ann, all.team, { anonymous: true })
  expect(poll.poll).toMatchObject({ anonymous: true, hidden: true, given: null })
  const people = await crowd(all, 2)
  for (const [i, person] of people.entries()) expect(await voteSecretly(person, poll, [String(1 + (i % 2))])).toMatchObject({ box: expect.any(String) })
  expect((await all.bob.get(`/entries/${poll.id}`)).poll).toMatchObject({ turnout: 5, count: null, given: null })
  expect(await all.bob.get(`/entries/${poll.id}/poll`)).toMatchObject({ mine: null, ballot: true })
  expect((await all.bob.get(`/entries/${poll.id}/votes`)).items).toEqual([])
  await ballotOf((await scene()).eve, poll)
  await letClose(all, poll)
  expect((await all.bob.get(`/entries/${poll.id}`)).poll).toMatchObject({ state: 'closed', turnout: 6, given: 7, count: { votes: 6, tied: ['1', '2'] } })
  expect(await reasonsOf(all.eve, poll)).toEqual(['poll_closed'])
  for (const table of ['ballot_papers', 'poll_keys'] as const) expect(await all.host.db.selectFrom(table).selectAll().where('entry_id', '=', poll.id).execute()).toEqual([])
})

test('of fewer than five anonymous votes nothing is told and nothing kept', async () => {
  const all = await scene()
  const poll = await ask(all.ann, all.team, { anonymous: true })
  for (const person of await crowd(all)) await voteSecretly(person, poll, ['1'])
  await letClose(all, poll)
  expect((await all.bob.get(`/entries/${poll.id}`)).poll).toMatchObject({ state: 'closed', turnout: 4, count: null })
  expect(await all.host.db.selectFrom('polls').select('counted').where('entry_id', '=', poll.id).executeTakeFirst()).toEqual({ counted: null })
})

test('everybody has one ballot and every ballot one vote; a lost answer is given again', async () => {
  const all = await scene()
  const { ann, bob, gina, team, url } = all
  const poll = await ask(ann, team, { anonymous: true })
  const other = await ask(ann, team, { anonymous: true })
  const ballot = await ballotOf(bob, poll)
  await expect(ballotOf(bob, poll)).rejects.toThrow('ballot_given')
  const blinded = Buffer.alloc(256, 7).toString('base64url')
  expect(await ann.post(`/entries/${poll.id}/ballots`, { blinded })).toEqual(await ann.post(`/entries/${poll.id}/ballots`, { blinded }))
  expect(await gina.post(`/entries/${poll.id}/ballots`, { blinded })).toMatchObject({ code: 'not_found' })
  const { box } = await putIn(url, poll, ballot, ['2'])
  expect(await putIn(url, poll, ballot, ['2'])).toEqual({ box })
  expect(await putIn(url, poll, ballot, ['1'])).toMatchObject({ status: 409, code: 'ballot_used' })
  // Only for the poll that it is for, and only signed.
  expect(await putIn(url, other, ballot, ['1'])).toMatchObject({ code: 'not_found' })
  expect(await putIn(url, poll, { ...ballot, token: Buffer.alloc(32).toString('base64url') }, ['1'])).toMatchObject({ code: 'not_found' })
  // Nobody says who they are.
  for (const known of [bob, await signedIn(bob)]) expect(await known.post(`/polls/${poll.id}/box`, { ...ballot, chosen: ['2'] }, { origin: url })).toMatchObject({ status: 422, code: 'known_voter' })
  for (const header of ['authorization', 'cookie']) {
    const answer = await fetch(`${url}/api/v1/polls/${poll.id}/box`, { method: 'POST', headers: { 'content-type': 'application/json', [header]: 'session=over' }, body: JSON.stringify({ ...ballot, chosen: ['2'] }) })
    expect([header, answer.status]).toEqual([header, 422])
  }
  // Whoever looks finds a box before the first vote as well, so that it says nothing of one.
  const [first, again] = [await ann.get(`/entries/${other.id}/poll`), await bob.get(`/entries/${other.id}/poll`)]
  expect([first.box, first.box]).toEqual([expect.any(String), again.box])
  // What a crash emptied is another box, into which the same vote goes again.
  await sql`truncate ballot_papers, ballot_boxes`.execute(all.host.db)
  expect((await bob.get(`/entries/${poll.id}/poll`)).box).not.toBe(box)
  expect((await putIn(url, poll, ballot, ['2'])).box).not.toBe(box)
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await putIn(url, poll, ballot, ['2'])).toMatchObject({ status: 403, code: 'archived' })
})

test('what is asked or chosen wrongly is refused with a code that says what', async () => {
  const all = await scene()
  const { ann, bob, team, url } = all
  const wrong: [object, string][] = [
    [{ options: ['One'] }, 'too_few_options'], [{ options: Array.from({ length: 21 }, (_, i) => `No. ${i}`) }, 'too_many_options'], [{ options: ['Soup', 'soup'] }, 'same_option'],
    [{ options: ['Soup', ' '] }, 'empty_option'], [{ closes_at: inMs(-1000) }, 'closes_in_past'], [{ closes_at: '9999-12-31T00:00:00Z' }, 'closes_too_late'],
    [{ method: 'majority' }, 'invalid'], [{ closes_at: undefined }, 'invalid'], [{ title: '' }, 'title_needed'],
  ]
  for (const [more, code] of wrong) expect(await ask(ann, team, more)).toMatchObject({ status: 422, code })
  const [poll, secret, update]: Json[] = [await ask(ann, team), await ask(ann, team, { anonymous: true, method: 'multiple' }), await ann.post(`/spaces/${team.id}/entries`, { body: 'Hello' })]
  expect(await vote(bob, poll, '4')).toMatchObject({ status: 422, code: 'unknown_option' })
  for (const choice of [[], ['1', '2'], ['1', '1']]) expect(await vote(bob, poll, ...choice)).toMatchObject({ status: 422, code: 'wrong_vote' })
  expect(await vote(bob, secret, '1')).toMatchObject({ status: 409, code: 'ballot_needed' })
  expect(await vote(bob, update, '1')).toMatchObject({ status: 422, code: 'not_a_poll' })
  await expect(ballotOf(bob, { id: poll.id })).rejects.toThrow()
  expect(await bob.post(`/entries/${poll.id}/ballots`, { blinded: Buffer.alloc(256, 1).toString('base64url') })).toMatchObject({ status: 409, code: 'no_ballot_needed' })
  expect(await bob.post(`/entries/${secret.id}/ballots`, { blinded: Buffer.alloc(256, 255).toString('base64url') })).toMatchObject({ status: 422, code: 'bad_ballot' })
  expect(await bob.post(`/entries/${secret.id}/ballots`, { blinded: 'AAAA' })).toMatchObject({ status: 422, code: 'invalid' })
  const [ballot, late] = [await ballotOf(bob, secret), await ballotOf(ann, secret)]
  expect(await putIn(url, secret, ballot, ['9'])).toMatchObject({ status: 422, code: 'unknown_option' })
  await letClose(all, secret)
  expect(await putIn(url, secret, late, ['1'])).toMatchObject({ status: 409, code: 'poll_closed' })
  expect(await all.eve.post(`/entries/${secret.id}/ballots`, { blinded: Buffer.alloc(256, 1).toString('base64url') })).toMatchObject({ status: 409, code: 'poll_closed' })
})

test('one that is removed takes no votes and is forgotten; one whose job was lost is closed all the same', async () => {
  const all = await scene()
  const { ann, bob, team, url, host } = all
  const [gone, late]: Json[] = [await ask(ann, team, { anonymous: true, options: ['Xylophagous', 'Two'] }), await ask(ann, team)]
  const ballot = await ballotOf(bob, gone)
  await putIn(url, gone, ballot, ['1'])
  await ann.del(`/entries/${gone.id}`)
  expect(await putIn(url, gone, ballot, ['1'])).toMatchObject({ code: 'not_found' })
  await sql`update polls set closes_at = now() - interval '1 minute' where entry_id = ${late.id}`.execute(host.db)
  await closeOverduePolls.run(host, {})
  expect((await bob.get(`/entries/${late.id}`)).poll).toMatchObject({ state: 'closed', count: { votes: 0, winner: null, tied: [] } })
  expect(await placesOf(host, 'Xylophagous')).not.toEqual([])
  await aDayLater(host)
  expect(await placesOf(host, 'Xylophagous')).toEqual([])
  expect(await host.db.selectFrom('ballot_papers').selectAll().where('entry_id', '=', gone.id).execute()).toEqual([])
})

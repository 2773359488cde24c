import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aDayLater, placesOf } from '../../../test/canary.ts'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Client, type Json, scene } from '../../scene.ts'
import { close, remind } from './settle.ts'

const HOUR = 3_600_000
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString()
const NOTHING = '01a2010f-841e-7000-b1be-62788d92349e'

const propose = (by: Client, space: Json, more: object = {}): Promise<Json> =>
  by.post(`/spaces/${space.id}/entries`, { kind: 'decision', title: 'Which oven?', body: 'The old one is done.', options: ['Gas', 'Electric'], method: 'majority', closes_at: inMs(48 * HOUR), ...more })
const speak = (by: Client, { id }: Json, choice: object, reason?: string): Promise<Json> => by.put(`/entries/${id}/position`, { choice, ...(reason && { reason }) })
const conclude = (by: Client, { id }: Json, option: string | null, more: object = {}): Promise<Json> => by.post(`/entries/${id}/outcome`, { option, reason: 'So it was counted', ...more })
const reasonsOf = async (by: Client, { id }: Json): Promise<string[]> => (await by.get('/inbox')).items.find((item: Json) => item.root.id === id)?.reasons ?? []

/** Its moment comes: it is moved into the past, and the job runs. */
async function letClose({ host, settled }: Awaited<ReturnType<typeof scene>>, { id }: Json) {
  await sql`update decisions set closes_at = now() - interval '1 second' where entry_id = ${id}`.execute(host.db)
  await inTransaction(host, SYSTEM, (ctx) => close(ctx, id))
  await settled()
}

test('Ann proposes, Bob and she take positions, one changes with a reason, and what the majority wants is decided at its moment', async () => {
  const all = await scene()
  const { ann, bob, eve, team } = all
  const decision = await propose(ann, team, { review_on: inMs(90 * 24 * HOUR).slice(0, 10) })
  expect(decision).toMatchObject({ kind: 'decision', decision: { state: 'open', method: 'majority', options: [{ id: '1', text: 'Gas' }, { id: '2', text: 'Electric' }], taken: 0, count: null, outcome: null } })
  expect(await ann.get(`/entries/${decision.id}/decision`)).toMatchObject({ owed: 2, deciders: null, mine: null, may: { speak: true, conclude: false, amend: true } })
  expect(await speak(bob, decision, { option: '1' })).toMatchObject({ decision: { taken: 1 } })
  expect(await speak(bob, decision, { option: '2' })).toMatchObject({ status: 422, code: 'reason_needed' })
  await speak(bob, decision, { option: '2' }, 'The gas line is too old')
  await speak(ann, decision, { option: '2' })
  expect(await speak(ann, decision, { option: '2' })).toMatchObject({ decision: { taken: 2 } })
  expect((await eve.get(`/entries/${decision.id}/positions`)).items).toMatchObject([
    { person: { id: ann.id }, choice: { option: '2' }, changes: 0 }, { person: { id: bob.id }, choice: { option: '2' }, reason: 'The gas line is too old', changes: 1 }])
  expect(await eve.get(`/entries/${decision.id}/decision`)).toMatchObject({ owed: 0, may: { speak: false }, count: { tally: [{ prefer: 0 }, { prefer: 2 }] } })
  await letClose(all, decision)
  expect(await eve.get(`/entries/${decision.id}`)).toMatchObject({ decision: { state: 'decided', count: { winner: '2', voices: 2 } } })
  expect(await reasonsOf(bob, decision)).toEqual(['decision_closed'])
  expect(await speak(bob, decision, { option: '1' }, 'Too late')).toMatchObject({ status: 409, code: 'voting_closed' })
  expect(await conclude(ann, decision, '1')).toMatchObject({ code: 'not_what_was_counted' })
  expect(await conclude(ann, decision, '2', { rejected: 'Gas, for the line' })).toMatchObject({ decision: { state: 'decided', outcome: { option: '2', reason: 'So it was counted', rejected: 'Gas, for the line' } } })
  await all.settled()
  expect(await reasonsOf(bob, decision)).toEqual(['decision_closed', 'decision_outcome'])
})

test('the job closes it by itself, at its moment', async () => {
  const { ann, team } = await scene()
  const decision = await propose(ann, team, { closes_at: inMs(2500) })
  await speak(ann, decision, { option: '1' })
  await expect.poll(async () => (await ann.get(`/entries/${decision.id}`)).decision.state, { timeout: 60_000 }).toBe('decided')
})

test('consent: a serious objection needs a reason and stops an option; where everybody has spoken the outcome need not wait', async () => {
  const { ann, bob, team } = await scene()
  const decision = await propose(ann, team, { method: 'consent', options: ['Gas', 'Electric', 'None'] })
  await speak(ann, decision, { option: '1' })
  expect(await conclude(ann, decision, '1')).toMatchObject({ status: 409, code: 'still_open' })
  expect(await speak(bob, decision, { option: '2', objects: ['1'] })).toMatchObject({ code: 'reason_needed' })
  expect(await speak(bob, decision, { option: '1', objects: ['1'] }, 'x')).toMatchObject({ code: 'wrong_choice' })
  await speak(bob, decision, { option: '2', objects: ['1'] }, 'It leaks')
  expect(await conclude(ann, decision, '1')).toMatchObject({ code: 'not_what_was_counted' })
  expect(await conclude(ann, decision, '2')).toMatchObject({ decision: { state: 'decided', count: { winner: '2' } } })
  expect(await conclude(ann, decision, '2')).toMatchObject({ status: 409, code: 'concluded_already' })
})

test('ranked: counted as Schulze does, with the table of pairs, and a tie is named and can be broken by whoever tells the outcome', async () => {
  const all = await scene()
  const { ann, bob, eve, team } = all
  await eve.post(`/spaces/${team.id}/join`)
  const decision = await propose(ann, team, { method: 'ranked', options: ['A', 'B', 'C'] })
  await speak(ann, decision, { ranking: ['1', '2', '3'] })
  await speak(bob, decision, { ranking: ['2', '3', '1'] })
  expect(await speak(eve, decision, { ranking: ['3', '3'] })).toMatchObject({ code: 'wrong_choice' })
  await speak(eve, decision, { ranking: ['3', '1', '2'] })
  await letClose(all, decision)
  expect((await bob.get(`/entries/${decision.id}`)).decision).toMatchObject({ state: 'undecided', count: { winner: null, tied: ['1', '2', '3'], pairs: [[0, 2, 1], [1, 0, 2], [2, 1, 0]] } })
  expect(await conclude(ann, decision, '3')).toMatchObject({ decision: { state: 'decided', outcome: { option: '3' } } })
})

test('a named person decides alone, advised by the others; nobody else tells the outcome', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  expect(await propose(ann, team, { method: 'decider' })).toMatchObject({ code: 'decider_needed' })
  const decision = await propose(ann, team, { method: 'decider', decider: eve.id })
  await speak(bob, decision, { option: '1' })
  expect(await conclude(ann, decision, '1')).toMatchObject({ status: 403, code: 'not_yours_to_conclude' })
  expect(await eve.get(`/entries/${decision.id}/decision`)).toMatchObject({ decider: { id: eve.id }, may: { conclude: true, speak: false } })
  expect(await conclude(eve, decision, '2')).toMatchObject({ decision: { state: 'decided', outcome: { option: '2' } } })
  await settled()
  expect([await reasonsOf(bob, decision), await reasonsOf(ann, decision), await reasonsOf(eve, decision)]).toEqual([['decision_outcome'], ['decision_outcome'], []])
})

test('who is named decides, and nobody else; only those who may read there can be named', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  for (const more of [{ deciders: [gina.id] }, { deciders: [NOTHING] }, { method: 'decider', decider: gina.id }])
    expect(await propose(ann, team, more)).toMatchObject({ status: 422, code: 'cannot_decide_here' })
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  expect(await propose(ann, board, { deciders: [bob.id] })).toMatchObject({ code: 'cannot_decide_here' })
  const decision = await propose(ann, team, { deciders: [eve.id] })
  expect(await speak(bob, decision, { option: '1' })).toMatchObject({ status: 403, code: 'not_asked' })
  expect(await speak(eve, decision, { option: '1' })).toMatchObject({ decision: { taken: 1 } })
  expect(await eve.get(`/entries/${decision.id}/decision`)).toMatchObject({ owed: 0, deciders: [{ id: eve.id }], mine: { choice: { option: '1' }, reason: '', changes: 0 } })
  expect(await gina.get(`/entries/${decision.id}/decision`)).toMatchObject({ code: 'not_found' })
})

test('what makes no sense is refused clearly', async () => {
  const { ann, bob, team } = await scene()
  const refused = async (more: object) => (await propose(ann, team, more)).code
  expect(await refused({ options: ['Only'] })).toBe('too_few_options')
  expect(await refused({ options: Array.from({ length: 13 }, (_, i) => `Number ${i}`) })).toBe('too_many_options')
  expect(await refused({ options: ['Gas', 'gas'] })).toBe('same_option')
  expect(await refused({ options: ['Gas', ' '] })).toBe('empty_option')
  expect(await refused({ closes_at: inMs(-1000) })).toBe('closes_in_past')
  expect(await refused({ closes_at: '9999-01-01T00:00:00Z' })).toBe('closes_too_late')
  expect(await refused({ review_on: '9999-01-01' })).toBe('review_out_of_reach')
  expect(await refused({ method: 'dice' })).toBe('invalid')
  expect(await refused({ title: ' ' })).toBe('title_needed')
  expect(await propose(ann, await ann.post('/conversations', { people: [bob.id] }))).toMatchObject({ code: 'wrong_kind' })
  const decision = await propose(ann, team)
  expect(await speak(ann, decision, { option: '9' })).toMatchObject({ code: 'unknown_option' })
  expect(await speak(ann, decision, { ranking: ['1'] })).toMatchObject({ code: 'wrong_choice' })
  const update: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'No decision' })
  expect(await speak(ann, update, { option: '1' })).toMatchObject({ code: 'not_a_decision' })
  expect(await ann.get(`/entries/${update.id}/decision`)).toMatchObject({ status: 404 })
})

test('what can be chosen changes while nobody has taken a position, and later only when it closes', async () => {
  const { ann, bob, team } = await scene()
  const decision = await propose(ann, team)
  expect(await bob.patch(`/entries/${decision.id}/decision`, { options: [{ text: 'A' }, { text: 'B' }] })).toMatchObject({ code: 'authors_only' })
  expect(await ann.patch(`/entries/${decision.id}/decision`, { options: [{ id: '2', text: 'Electric' }, { text: 'Wood' }] })).toMatchObject({ decision: { options: [{ id: '2' }, { id: '3', text: 'Wood' }] } })
  expect(await ann.patch(`/entries/${decision.id}`, { title: 'Which oven, then?' })).toMatchObject({ title: 'Which oven, then?' })
  await speak(bob, decision, { option: '3' })
  for (const change of [{ options: [{ text: 'A' }, { text: 'B' }] }, { closes_at: inMs(HOUR) }])
    expect(await ann.patch(`/entries/${decision.id}/decision`, change)).toMatchObject({ status: 409, code: 'positions_taken' })
  expect(await ann.patch(`/entries/${decision.id}`, { title: 'Which car?' })).toMatchObject({ status: 409, code: 'positions_taken' })
  const later = inMs(96 * HOUR)
  expect((await ann.patch(`/entries/${decision.id}/decision`, { closes_at: later })).decision.closes_at).toBe(later)
  await bob.del(`/entries/${decision.id}/position`)
  expect(await bob.get(`/entries/${decision.id}/decision`)).toMatchObject({ owed: 2, mine: { choice: null, changes: 1 } })
})

test('who owes a position is reminded some time before it closes, until it is given', async () => {
  const { ann, bob, eve, team, host, settled } = await scene()
  const decision = await propose(eve, team)
  await speak(ann, decision, { option: '1' })
  await settled()
  expect(await reasonsOf(bob, decision)).toEqual([])
  for (let n = 0; n < 2; n++) await inTransaction(host, SYSTEM, (ctx) => remind(ctx, decision.id))
  await settled()
  expect([await reasonsOf(ann, decision), await reasonsOf(bob, decision), await reasonsOf(eve, decision)]).toEqual([[], ['decision_owed'], []])
  expect((await bob.get('/unread')).inbox).toBe(1)
  await speak(bob, decision, { option: '1' })
  await settled()
  expect(await reasonsOf(bob, decision)).toEqual([])
})

test('a short one reminds by itself, half way, and what was not given is owed no longer once it is closed', async () => {
  const all = await scene()
  const { ann, bob, team } = all
  const decision = await propose(ann, team, { closes_at: inMs(8000) })
  await expect.poll(() => reasonsOf(bob, decision), { timeout: 60_000 }).toEqual(['decision_owed'])
  await expect.poll(() => reasonsOf(bob, decision), { timeout: 60_000 }).toEqual([])
  expect((await bob.get(`/entries/${decision.id}`)).decision.state).toBe('undecided')
})

test('arguments stand at their option and side, and what others find weighty comes first', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const decision = await propose(ann, team)
  const argue = (by: Client, option: string, side: string, body: string): Promise<Json> => by.post(`/entries/${decision.id}/arguments`, { option, side, body })
  const [light, heavy] = [await argue(ann, '1', 'for', 'It is quick'), await argue(bob, '1', 'for', 'It works without power')]
  expect(heavy).toMatchObject({ kind: 'argument', root: decision.id, argument: { decision: decision.id, option: '1', side: 'for', weight: 0 } })
  await argue(eve, '2', 'against', 'It is dear')
  expect(await argue(eve, '7', 'for', 'x')).toMatchObject({ code: 'unknown_option' })
  expect(await argue(eve, '1', 'for', ' ')).toMatchObject({ code: 'empty' })
  expect(await argue(gina, '1', 'for', 'x')).toMatchObject({ status: 404 })
  for (const person of [ann, eve]) await person.put(`/entries/${heavy.id}/weight`)
  expect(await ann.put(`/entries/${heavy.id}/weight`)).toMatchObject({ argument: { weight: 2 } })
  expect(await bob.put(`/entries/${heavy.id}/weight`)).toMatchObject({ status: 403, code: 'own_argument' })
  expect(await bob.put(`/entries/${decision.id}/weight`)).toMatchObject({ code: 'not_an_argument' })
  expect((await ann.get(`/entries/${decision.id}/decision`)).weighed).toEqual([heavy.id])
  const page: Json = await bob.get(`/entries/${decision.id}/arguments?option=1&side=for&limit=1`)
  expect(page.items.map((item: Json) => item.id)).toEqual([heavy.id])
  expect((await bob.get(`/entries/${decision.id}/arguments?option=1&side=for&limit=1&before=${encodeURIComponent(page.next)}`)).items.map((item: Json) => item.id)).toEqual([light.id])
  await ann.del(`/entries/${heavy.id}/weight`)
  expect((await bob.get(`/entries/${heavy.id}`)).argument.weight).toBe(1)
  expect((await bob.get(`/entries/${decision.id}/thread`)).items).toHaveLength(3)
})

test('a summary is accepted when each side has somebody who accepts this very text', async () => {
  const { ann, bob, eve, team } = await scene()
  const decision = await propose(ann, team)
  await speak(ann, decision, { option: '1' })
  await speak(bob, decision, { option: '2' })
  const path = `/entries/${decision.id}/summary`
  expect(await ann.put(path, { text: 'Gas is quick, power is clean' })).toMatchObject({ decision: { summary: { accepted: false } } })
  const { summary: { at } } = await bob.get(`/entries/${decision.id}/decision`)
  expect(await eve.put(`${path}/acceptance`, { at })).toMatchObject({ status: 403, code: 'position_needed' })
  await ann.put(path, { text: 'Gas is quick, power is clean and dear' })
  expect(await bob.put(`${path}/acceptance`, { at })).toMatchObject({ status: 409, code: 'summary_changed' })
  const { summary: fresh } = await bob.get(`/entries/${decision.id}/decision`)
  expect(await bob.put(`${path}/acceptance`, { at: fresh.at })).toMatchObject({ decision: { summary: { accepted: true } } })
  expect(await bob.del(`${path}/acceptance`)).toMatchObject({ decision: { summary: { accepted: false } } })
})

test('what was decided is changed by a new decision alone: the old one shows it, and whoever relied on it is told', async () => {
  const all = await scene()
  const { ann, bob, eve, team, settled } = all
  const old = await propose(ann, team)
  expect(await propose(ann, team, { supersedes: old.id })).toMatchObject({ status: 409, code: 'still_open' })
  await speak(ann, old, { option: '1' })
  await letClose(all, old)
  const plan: Json = await eve.post(`/spaces/${team.id}/entries`, { body: `We order as of https://talk.example/e/${old.id}` })
  expect(plan.id).toBeTruthy()
  expect(await propose(eve, team, { supersedes: old.id })).toMatchObject({ status: 403, code: 'not_yours_to_supersede' })
  const anew = await propose(ann, team, { supersedes: old.id, deciders: [ann.id] })
  expect(await propose(ann, team, { supersedes: old.id })).toMatchObject({ status: 409, code: 'successor_proposed' })
  expect((await bob.get(`/entries/${old.id}`)).decision).toMatchObject({ state: 'decided', superseded_by: anew.id })
  await speak(ann, anew, { option: '2' })
  await conclude(ann, anew, '2')
  await settled()
  expect((await bob.get(`/entries/${old.id}`)).decision).toMatchObject({ state: 'superseded', superseded_by: anew.id })
  expect(await reasonsOf(eve, old)).toEqual(['decision_superseded'])
  expect(await propose(ann, team, { supersedes: old.id })).toMatchObject({ status: 409, code: 'superseded_already' })
})

test('the register: of a space and of the network, by state, in pages, and only what one may read', async () => {
  const all = await scene()
  const { ann, bob, eve, team } = all
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'Decide', visibility: 'closed' })
  const [one, two, hidden] = [await propose(ann, team), await propose(ann, team), await propose(ann, board)]
  await letClose(all, one)
  const ids = async (by: Client, path: string) => (await by.get(path)).items.map((item: Json) => item.id)
  expect(await ids(bob, `/spaces/${team.id}/decisions`)).toEqual([two.id, one.id])
  expect(await ids(bob, `/spaces/${team.id}/decisions?state=undecided`)).toEqual([one.id])
  expect(await ids(bob, `/spaces/${team.id}/decisions?state=open`)).toEqual([two.id])
  const mine = [one.id, two.id, hidden.id]
  const seen = async (by: Client) => (await ids(by, '/decisions?limit=100')).filter((id: string) => mine.includes(id))
  expect([await seen(ann), await seen(eve)]).toEqual([[hidden.id, two.id, one.id], [two.id, one.id]])
  const { next } = await bob.get(`/spaces/${team.id}/decisions?limit=1`)
  expect(await ids(bob, `/spaces/${team.id}/decisions?before=${next}`)).toEqual([one.id])
  expect(await bob.get(`/spaces/${board.id}/decisions`)).toMatchObject({ status: 404 })
  expect((await bob.get('/decisions?limit=100')).items.find((item: Json) => item.id === one.id).space_card.name).toBe(team.name)
})

test('two outcomes at once: one is told, the other hears so', async () => {
  const all = await scene()
  const { ann, olga, team } = all
  await olga.post(`/spaces/${team.id}/join`)
  const decision = await propose(ann, team, { deciders: [ann.id] })
  await speak(ann, decision, { option: '1' })
  const answers = await Promise.all([ann, olga, ann, olga].map((by, i) => conclude(by, decision, '1', { reason: `Reason ${i}` })))
  expect(answers.filter(({ id }) => id)).toHaveLength(1)
  expect(answers.filter(({ code }) => code === 'concluded_already')).toHaveLength(3)
})

test('positions against closing: whatever was accepted was counted', async () => {
  const all = await scene()
  const { ann, bob, eve, olga, team, host } = all
  for (const person of [eve, olga]) await person.post(`/spaces/${team.id}/join`)
  for (let round = 0; round < 4; round++) {
    const decision = await propose(ann, team)
    await sql`update decisions set closes_at = now() + interval '60 milliseconds' where entry_id = ${decision.id}`.execute(host.db)
    const shut = async () => {
      for (;;) {
        await inTransaction(host, SYSTEM, (ctx) => close(ctx, decision.id))
        if ((await ann.get(`/entries/${decision.id}`)).decision.closed_at) return
      }
    }
    const say = [ann, bob, eve, olga].map(async (by, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 25))
      return speak(by, decision, { option: '1' })
    })
    const [answers] = await Promise.all([Promise.all(say), shut()])
    for (const answer of answers) if (!answer.id) expect(answer.code).toBe('voting_closed')
    expect((await ann.get(`/entries/${decision.id}`)).decision.count.voices).toBe(answers.filter(({ id }) => id).length)
  }
})

test('of a decision that was removed nothing is left that somebody wrote', async () => {
  const all = await scene()
  const { ann, bob, team, host } = all
  const decision = await propose(ann, team, { options: ['Wxyzzy gas', 'Electric'] })
  await speak(bob, decision, { option: '1' }, 'Rxyzzy reason')
  await ann.put(`/entries/${decision.id}/summary`, { text: 'Sxyzzy' })
  await ann.post(`/entries/${decision.id}/arguments`, { option: '1', side: 'for', body: 'Mine' })
  // Where it looks for words there has to be a place for files.
  const form = new FormData()
  form.append('file', new Blob(['x']), 'x.txt')
  await ann.post('/files', form)
  await ann.del(`/entries/${decision.id}`)
  expect(await ann.get(`/entries/${decision.id}/decision`)).toMatchObject({ status: 404 })
  expect(await placesOf(host, 'xyzzy')).not.toEqual([])
  await aDayLater(host)
  expect(await placesOf(host, 'xyzzy')).toEqual([])
})

test('on its day whoever proposed it and the hosts are asked whether it still holds, and all see that it was looked at', async () => {
  const all = await scene()
  const { ann, bob, eve, team, host, settled } = all
  const decision = await propose(bob, team, { deciders: [bob.id], review_on: inMs(24 * HOUR).slice(0, 10) })
  await speak(bob, decision, { option: '1' })
  expect(await ann.put(`/entries/${decision.id}/review`, { next: null })).toMatchObject({ status: 409, code: 'nothing_to_review' })
  await conclude(bob, decision, '1')
  const waits = async (by: Client) => (await by.get('/waiting')).items.filter(({ kind }: Json) => kind === 'decision_review').map(({ id, facts }: Json) => [id, facts.title])
  expect(await waits(bob)).toEqual([])
  await sql`update decisions set review_on = current_date where entry_id = ${decision.id}`.execute(host.db)
  for (const one of [ann, bob]) expect(await waits(one)).toEqual([[decision.id, 'Which oven?']])
  expect(await waits(eve)).toEqual([])
  expect(await eve.put(`/entries/${decision.id}/review`, { next: null })).toMatchObject({ status: 403, code: 'not_yours_to_review' })
  expect(await bob.put(`/entries/${decision.id}/review`, { next: '9999-01-01' })).toMatchObject({ status: 422, code: 'review_out_of_reach' })
  const next = inMs(90 * 24 * HOUR).slice(0, 10)
  expect(await ann.put(`/entries/${decision.id}/review`, { next })).toMatchObject({ decision: { review_on: next, reviewed_at: expect.stringMatching(/Z$/), state: 'decided' } })
  await settled()
  for (const one of [ann, bob]) expect(await waits(one)).toEqual([])
})

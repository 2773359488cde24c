import { expect, test } from 'vitest'
import { inSnapshot, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { add, ago, DAY, past } from '../../past.ts'
import type { Json } from '../../scene.ts'

test('a conversation is told from a broadcast by how many threads others answer', async () => {
  const { people, wrote, health, ann } = await past()
  const crowd = await people(8)
  const heads: string[] = []
  for (const [i, one] of [...crowd, crowd[0], crowd[1]].entries()) heads.push(await wrote(one, ago(1, i)))
  expect(await health()).toMatchObject({ verdict: 'beside', figures: { threads: 10, answered: 0, voices: 8, entries: 10 } })
  // Oneself is nobody else.
  await wrote(crowd[0], ago(1, 5), { root: heads[0] })
  expect((await health()).figures.answered).toBe(0)
  for (const [i, head] of heads.slice(0, 7).entries()) await wrote(crowd[(i + 1) % 8], ago(1, i + 60), { root: head })
  const { verdict, figures } = await health(ann)
  expect([verdict, figures]).toMatchObject(['conversation', { threads: 10, answered: 7, answered_in_a_day: 7, minutes_to_answer: 60 }])
})

test('it is the same for a host, a member and a passer-by, and not there for whoever may not read', async () => {
  const { people, monologues, health, ann, bob, eve, gina, olga } = await past()
  const crowd = await people(8)
  const board = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  await monologues(crowd, ago(1), board.id)
  await monologues(crowd, ago(1))
  expect(await health(bob)).toEqual(await health(ann))
  expect(await health(eve)).toEqual(await health(ann))
  expect(await health(gina)).toMatchObject({ code: 'not_found' })
  expect((await health(ann, 12, board.id)).figures.voices).toBe(8)
  expect(await health(bob, 12, board.id)).toEqual(await health(ann, 12, board.id))
  for (const other of [eve, olga, gina]) expect(await health(other, 12, board.id)).toMatchObject({ code: 'not_found' })
})

test('direct conversations and profiles have no health', async () => {
  const { ann, bob, health } = await past()
  const talk = await ann.post('/conversations', { people: [bob.id] })
  expect(await health(ann, 12, talk.id)).toMatchObject({ code: 'not_found' })
  const { space } = await ann.get(`/people/${ann.id}`)
  expect(await health(ann, 12, space)).toMatchObject({ code: 'not_found' })
  expect(await ann.get(`/spaces/${talk.id}`)).toMatchObject({ id: talk.id })
})

test('fewer than eight people are told of nothing, eight of everything', async () => {
  const { people, monologues, health } = await past()
  const crowd = await people(8)
  await monologues(crowd.slice(0, 7), ago(1))
  expect(await health()).toEqual({ weeks: 12, from: null, to: null, verdict: null, figures: null, runs: [], advice: [] })
  await monologues(crowd.slice(7), ago(1))
  expect((await health()).figures).toMatchObject({ threads: 8, voices: 8 })
})

test('programs and the quiet lines of history are nobody', async () => {
  const { host, people, wrote, monologues, health } = await past()
  const crowd = await people(8)
  const bot = await inTransaction(host, SYSTEM, (ctx) => add(ctx, `bot-${crowd[0].slice(-12)}`, { kind: 'bot' }))
  await monologues([...crowd.slice(0, 7), bot.id], ago(1))
  await wrote(crowd[7], ago(1), { kind: 'notice' })
  expect((await health()).figures).toBeNull()
  const head = await wrote(crowd[7], ago(1))
  await wrote(bot.id, ago(1, 3), { root: head })
  expect((await health()).figures).toMatchObject({ threads: 8, answered: 0, entries: 8 })
})

test('a week with fewer than eight people is told only together with its neighbours', async () => {
  const { people, monologues, health } = await past()
  const crowd = await people(16)
  await monologues(crowd.slice(0, 8), ago(3))
  await monologues(crowd.slice(0, 3), ago(2))
  await monologues(crowd.slice(3, 8), ago(1))
  await monologues(crowd.slice(8), ago(0))
  const told = (await health()).runs.filter((run: Json) => run.threads)
  expect(told.map((run: Json) => [run.weeks, run.threads])).toEqual([[1, 8], [2, 8], [1, 8]])
})

test('no two windows, and no two weeks of asking, differ by a small group', async () => {
  const { people, monologues, health, host, team, ann } = await past()
  const crowd = await people(9)
  await monologues(crowd.slice(0, 8), ago(5))
  // One person more within four weeks, and nobody else: told with nobody, until there are eight of them.
  await monologues(crowd.slice(8), ago(1))
  const [four, twelve] = [await health(ann, 4), await health(ann, 12)]
  expect(four.figures).toBeNull()
  expect(twelve.figures).toMatchObject({ threads: 8, voices: 8 })
  // A window that cuts through weeks told together reaches back to their beginning, and so equals the longer one.
  const { id: other } = await ann.post('/spaces', { name: 'Other', purpose: 'x' })
  await monologues(crowd.slice(0, 5), ago(6), other)
  await monologues(crowd.slice(4, 8), ago(2), other)
  const windows = await Promise.all([4, 12, 52].map((weeks) => health(ann, weeks, other)))
  expect(windows.map(({ figures }) => figures)).toEqual([windows[0].figures, windows[0].figures, windows[0].figures])
  expect(windows[0].figures.threads).toBe(9)
  // What was told before is told the same when weeks have gone by and somebody has written since.
  const { spaceHealth } = await import('./queries.ts')
  const at = (now: number) => inSnapshot(host, { id: ann.id, role: 'member', session: null }, (ctx) => spaceHealth(ctx, team.id, 12, now))
  const [before, after] = [await at(ago(-2, 1)), await at(ago(-4, 1))]
  expect(after.figures).toEqual(before.figures)
})

test('answers of the eighth day do not change what was told of a week', async () => {
  const { people, wrote, monologues, health } = await past()
  const crowd = await people(8)
  await monologues(crowd.slice(1), ago(3))
  const head = await wrote(crowd[0], ago(3))
  const before = (await health()).figures
  await wrote(crowd[1], ago(3, 8 * 1440), { root: head })
  expect((await health()).figures).toEqual(before)
  await wrote(crowd[1], ago(3, 6 * 1440), { root: head })
  expect((await health()).figures).toMatchObject({ answered: 1, answered_in_a_day: 0 })
})

test('pairs who answered each other, and how much touches the most active, are shares without names', async () => {
  const { people, wrote, health } = await past()
  const crowd = await people(8)
  const [boss, ...others] = crowd
  // The boss answers everybody; one of them answers back.
  for (const [i, one] of others.entries()) await wrote(boss, ago(1, 60 + i), { root: await wrote(one, ago(1, i)) })
  const head = await wrote(boss, ago(2))
  await wrote(others[0], ago(2, 5), { root: head })
  const answer = await health()
  expect(answer.figures).toMatchObject({ mutual_pairs: 14, share_of_one: 100, share_of_two: 100 })
  expect(answer.advice.map((one: Json) => one.code)).toContain('share_the_work')
  for (const one of crowd) expect(JSON.stringify(answer)).not.toContain(one)
})

test('where one person begins nearly everything it is a broadcast, and voices are uneven', async () => {
  const { people, wrote, monologues, health } = await past()
  const crowd = await people(8)
  await monologues(crowd, ago(1))
  expect((await health()).figures.gini).toBe(0)
  expect((await health()).verdict).toBe('beside')
  for (let i = 0; i < 92; i++) await wrote(crowd[0], ago(1, i))
  expect(await health()).toMatchObject({ verdict: 'broadcast', figures: { gini: 0.81 } })
})

test('newcomers are those whose first words here begin a thread; fewer than eight of them are no figure', async () => {
  const { people, wrote, monologues, health } = await past()
  const crowd = await people(24)
  const [old, fresh] = [crowd.slice(0, 8), crowd.slice(8)]
  await monologues(old, ago(30))
  await monologues(old, ago(1))
  await monologues(fresh.slice(0, 7), ago(1))
  expect((await health()).figures.newcomers).toBeNull()
  const head = await wrote(fresh[7], ago(1))
  expect((await health()).figures.newcomers).toEqual({ people: 8, answered: 0, minutes_to_answer: null })
  // One who was answered is not told apart from seven who were not.
  await wrote(old[0], ago(1, 9), { root: head })
  expect((await health()).figures.newcomers).toEqual({ people: 8, answered: null, minutes_to_answer: null })
})

test('advice leads to newcomers nobody answered, and to questions, until somebody does', async () => {
  const { people, wrote, monologues, health, ann, bob } = await past()
  const crowd = await people(9)
  await monologues(crowd.slice(0, 8), ago(9))
  // Who answered here before is no newcomer, though this is a first thread.
  const old = (await people(1))[0]
  await wrote(old, ago(9, 5), { root: await wrote(crowd[0], ago(9)) })
  await wrote(old, Date.now() - 3 * DAY)
  const hello = await wrote(crowd[8], Date.now() - 3 * DAY, { body: '**Hello**, I am new' })
  const question = await wrote(crowd[0], Date.now() - 2 * DAY, { body: 'Who has the key?' })
  await wrote(crowd[1], Date.now() - 2 * DAY, { body: 'No question.' })
  await wrote(crowd[2], Date.now() - DAY / 2, { body: 'Is it too early for an answer?' })
  const advice = async () => Object.fromEntries((await health(ann)).advice.map(({ code, count, entries }: Json) => [code, [count, entries.map((entry: Json) => entry.title)]]))
  expect(await advice()).toMatchObject({ greet_newcomers: [1, ['Hello, I am new']], answer_questions: [1, ['Who has the key?']] })
  await bob.post(`/entries/${hello}/replies`, { body: 'Welcome' })
  await bob.post(`/entries/${question}/replies`, { body: 'I have' })
  expect(await advice()).toEqual({ ask_back: [0, []] })
})

test('only the three windows can be asked for', async () => {
  const { health, ann } = await past()
  expect(await health(ann, 5)).toMatchObject({ code: 'invalid' })
  expect(await health(ann, 52)).toMatchObject({ weeks: 52 })
})

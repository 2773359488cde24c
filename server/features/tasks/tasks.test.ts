import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { inTransaction, SYSTEM } from '../../kernel/context.ts'
import { type Client, type Json, makeClient, scene, signedIn, withScopes } from '../../scene.ts'
import { remind, remindOverdue } from './jobs.ts'

const give = (by: Client, space: Json, title: string, more: object = {}): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'task', title, ...more })
const change = (by: Client, task: Json, what: object): Promise<Json> => by.patch(`/entries/${task.id}/task`, what)
const titles = async (by: Client, path: string) => (await by.get(path)).items.map((one: Json) => one.title)
const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
const stepsIn = async (by: Client, task: Json) => (await by.get(`/entries/${task.id}/thread`)).items.filter(({ kind }: Json) => kind === 'task_step')

test('Ann gives Bob a task; each step that it takes stands in its thread, with who, why and when', async () => {
  const { ann, bob, eve, team } = await scene()
  const task = await give(ann, team, 'Sweep the floor', { body: 'All of it', assignees: [bob.id], due: day(3), priority: 'high', estimate: 90, checklist: [{ text: 'Corners' }, { text: 'Under the oven' }] })
  expect(task).toMatchObject({ kind: 'task', task: { state: 'open', assignees: [{ id: bob.id }], due: day(3), priority: 'high', estimate: 90, checklist: [{ id: '1', text: 'Corners', done: false }, { id: '2' }], blocked: false, subtasks: { all: 0, done: 0 } } })
  expect(await change(bob, task, { state: 'doing', reason: 'After lunch' })).toMatchObject({ task: { state: 'doing' } })
  expect(await change(bob, task, { state: 'doing' })).toMatchObject({ task: { state: 'doing' } })
  expect(await change(ann, task, { assignees: [eve.id], due: null, priority: 'low' })).toMatchObject({ task: { assignees: [{ id: eve.id }], due: null, late_at: null, priority: 'low' } })
  expect((await change(eve, task, { state: 'done' })).task.state).toBe('done')
  expect((await stepsIn(bob, task)).map(({ author, body, task_step: { what, before, state, came, gone } }: Json) => [author, what, before, state, body, came.map((one: Json) => one.id), gone.map((one: Json) => one.id)])).toEqual([
    [bob.id, 'state', 'open', 'doing', 'After lunch', [], []], [ann.id, 'people', null, null, '', [eve.id], [bob.id]], [ann.id, 'due', null, null, '', [], []], [eve.id, 'state', 'doing', 'done', '', [], []],
  ])
})

test('who may not read it finds nothing, who only reads changes nothing, and nothing is changed in an archive', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const task = await give(ann, team, 'Sweep')
  expect(await change(gina, task, { state: 'done' })).toMatchObject({ code: 'not_found' })
  expect(await gina.get(`/spaces/${team.id}/tasks`)).toMatchObject({ code: 'not_found' })
  const update: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'No task' })
  expect(await change(ann, update, { state: 'done' })).toMatchObject({ status: 422, code: 'not_a_task' })
  expect(await change(eve, task, { state: 'doing' })).toMatchObject({ task: { state: 'doing' } })
  await ann.post(`/spaces/${team.id}/archive`)
  expect(await change(bob, task, { state: 'done' })).toMatchObject({ status: 403, code: 'workers_only' })
})

test('what cannot be is refused with a reason of its own', async () => {
  const { ann, bob, eve, gina, team } = await scene()
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  const [one, two, three, elsewhere] = [await give(ann, team, 'One'), await give(ann, team, 'Two'), await give(ann, team, 'Three'), await give(ann, board, 'Elsewhere')]
  for (const due of ['9999-12-31', '0001-01-01', '1990-01-01', '9999-12-31T00:00:00Z']) expect(await change(ann, one, { due })).toMatchObject({ status: 422, code: 'due_out_of_reach' })
  for (const due of ['soon', '2026-02-30', '2026-13-01T00:00:00Z']) expect(await change(ann, one, { due })).toMatchObject({ status: 422, code: 'invalid' })
  expect(await give(ann, team, 'Late', { due: '9999-12-31' })).toMatchObject({ code: 'due_out_of_reach' })
  for (const [space, person] of [[team, gina], [board, bob]] as const) expect(await give(ann, space, 'For whom', { assignees: [person.id] })).toMatchObject({ status: 422, code: 'assignee_cannot_read' })
  expect(await change(ann, one, { assignees: ['01a2010f-841e-7000-b1be-62788d92349e'] })).toMatchObject({ code: 'assignee_cannot_read' })
  const many = (n: number) => Array.from({ length: n }, (_, i) => `01a2010f-841e-7000-b1be-62788d92${String(1000 + i)}`)
  expect(await change(ann, one, { assignees: many(21) })).toMatchObject({ code: 'too_many_assignees' })
  expect(await change(ann, one, { blocked_by: many(21) })).toMatchObject({ code: 'too_many_blockers' })
  expect(await change(ann, one, { checklist: many(51).map((text) => ({ text })) })).toMatchObject({ code: 'too_many_items' })
  // Who waits for whom.
  expect(await change(ann, two, { blocked_by: [one.id] })).toMatchObject({ task: { blocked_by: [one.id], blocked: true } })
  expect(await change(ann, three, { blocked_by: [two.id] })).toMatchObject({ task: { blocked: true } })
  for (const by of [three.id, two.id, one.id]) expect(await change(ann, one, { blocked_by: [by] })).toMatchObject({ status: 409, code: 'blocked_in_a_circle' })
  for (const by of [elsewhere.id, '01a2010f-841e-7000-b1be-62788d92349e']) expect(await change(ann, one, { blocked_by: [by] })).toMatchObject({ status: 422, code: 'no_task_here' })
  // What is part of what.
  expect(await change(ann, two, { subtask_of: one.id })).toMatchObject({ task: { subtask_of: one.id } })
  for (const [task, whole] of [[one, two], [three, two], [one, three], [one, one]]) expect(await change(ann, task, { subtask_of: whole.id })).toMatchObject({ status: 422, code: 'subtask_too_deep' })
  expect(await change(ann, three, { subtask_of: elsewhere.id })).toMatchObject({ code: 'no_task_here' })
  expect(await change(ann, one, { tick: { id: '7', done: true } })).toMatchObject({ status: 409, code: 'no_such_item' })
  const direct: Json = await ann.post('/conversations', { people: [bob.id] })
  expect(await give(bob, direct, 'Aside')).toMatchObject({ code: 'wrong_kind' })
  expect(await bob.post(`/spaces/${team.id}/entries`, { kind: 'task', body: 'No title' })).toMatchObject({ code: 'title_needed' })
  expect((await eve.get(`/entries/${one.id}`)).task).toMatchObject({ blocked_by: [], subtasks: { all: 1, done: 0 }, due: null })
})

test('two who make tasks wait for each other at once do not close a circle, and two who tick do not undo each other', async () => {
  const { ann, bob, team } = await scene()
  const [one, two] = [await give(ann, team, 'One', { checklist: [{ text: 'a' }, { text: 'b' }] }), await give(ann, team, 'Two')]
  const both = await Promise.all([change(ann, one, { blocked_by: [two.id] }), change(bob, two, { blocked_by: [one.id] })])
  expect(both.map(({ code }) => code ?? 'done').toSorted()).toEqual(['blocked_in_a_circle', 'done'])
  await Promise.all([change(ann, one, { tick: { id: '1', done: true } }), change(bob, one, { tick: { id: '2', done: true } })])
  expect((await ann.get(`/entries/${one.id}`)).task.checklist).toEqual([{ id: '1', text: 'a', done: true }, { id: '2', text: 'b', done: true }])
  // What stays keeps its id and its tick, in whatever order.
  expect((await change(ann, one, { checklist: [{ text: 'c' }, { id: '2', text: 'b', done: true }] })).task.checklist).toEqual([{ id: '3', text: 'c', done: false }, { id: '2', text: 'b', done: true }])
  // Ticks are no steps: the thread tells what others should know of.
  expect(await stepsIn(ann, one)).toEqual([])
})

test('a task is free when what it waits for is done or gone, and knows how many of its parts are', async () => {
  const { ann, bob, team } = await scene()
  const whole = await give(ann, team, 'Whole')
  const [first, second] = [await give(ann, team, 'First', { subtask_of: whole.id }), await give(ann, team, 'Second', { subtask_of: whole.id })]
  const last = await give(ann, team, 'Last', { blocked_by: [first.id, second.id] })
  const seen = async (task: Json) => (await bob.get(`/entries/${task.id}`)).task
  expect([await seen(whole), await seen(last)]).toMatchObject([{ subtasks: { all: 2, done: 0 } }, { blocked: true }])
  await change(bob, first, { state: 'done' })
  await ann.del(`/entries/${second.id}`)
  expect([await seen(whole), await seen(last)]).toMatchObject([{ subtasks: { all: 1, done: 1 } }, { blocked: false, blocked_by: [first.id] }])
  await ann.post(`/entries/${second.id}/restore`)
  expect([await seen(whole), await seen(last)]).toMatchObject([{ subtasks: { all: 2, done: 1 } }, { blocked: true }])
  expect(await titles(bob, `/spaces/${team.id}/tasks?subtask_of=${whole.id}&order=age`)).toEqual(['Second', 'First'])
})

test('a task is made of whatever was said, more than once, and each leads to the other', async () => {
  const { ann, bob, eve, team } = await scene()
  const post: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'News' })
  const line: Json = await bob.post(`/entries/${post.id}/replies`, { body: 'Somebody should sweep' })
  const task = await give(eve, team, 'Sweep', { from: line.id })
  expect(task.task.from).toBe(line.id)
  expect((await bob.get(`/entries/${line.id}/thread`)).items.at(-1)).toMatchObject({ kind: 'task_trace', parent: line.id, task_trace: { task: task.id } })
  const idea: Json = await bob.post(`/spaces/${team.id}/entries`, { kind: 'idea', title: 'A broom' })
  for (const title of ['Buy it', 'Hang it up']) expect((await give(ann, team, title, { from: idea.id })).task.from).toBe(idea.id)
  expect(await give(ann, team, 'Of a task', { from: task.id })).toMatchObject({ code: 'not_a_source' })
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  const secret: Json = await ann.post(`/spaces/${board.id}/entries`, { body: 'Between us' })
  expect(await give(ann, team, 'Leak', { from: secret.id })).toMatchObject({ code: 'said_elsewhere' })
  expect(await give(bob, team, 'Leak', { from: secret.id })).toMatchObject({ code: 'not_found' })
})

test('the inbox tells whose task it is, that it ended, and nothing of what is on the way', async () => {
  const { ann, bob, eve, team, settled } = await scene()
  const reasons = async (who: Client) => {
    await settled()
    return (await who.get('/inbox')).items.map(({ reasons: why }: Json) => why.toSorted())
  }
  const task = await give(ann, team, 'Sweep', { assignees: [bob.id, ann.id] })
  expect([await reasons(bob), await reasons(ann)]).toEqual([[['task_assigned']], []])
  await change(bob, task, { assignees: [bob.id, eve.id] })
  expect(await reasons(eve)).toEqual([['task_assigned']])
  await change(bob, task, { state: 'doing' })
  expect(await reasons(ann)).toEqual([])
  await change(eve, task, { assignees: [eve.id] })
  expect(await reasons(bob)).toEqual([])
  await change(eve, task, { state: 'done', reason: 'Clean' })
  expect([await reasons(ann), await reasons(eve), await reasons(bob)]).toEqual([[['task_step']], [], []])
  await change(ann, task, { state: 'open', reason: 'The corners' })
  expect(await reasons(eve)).toEqual([['task_assigned', 'task_step']])
  // Who takes something knows that it is theirs, whatever others change about it.
  const taken = await give(ann, team, 'Mop')
  await change(bob, taken, { assignees: [bob.id] })
  await change(ann, taken, { due: day(5) })
  expect(await reasons(bob)).toEqual([])
})

test('whose task it is hears once that it is due soon and once that it is overdue, also when the job was lost', async () => {
  const { ann, bob, team, host, settled } = await scene()
  const reasons = async (who: Client) => {
    await settled()
    return (await who.get('/inbox')).items.flatMap(({ reasons: why }: Json) => why).filter((name: string) => name !== 'task_assigned').toSorted()
  }
  const past = (columns: object) => host.db.updateTable('tasks').set(columns).where('entry_id', '=', task.id).execute()
  const ago = new Date(Date.now() - 3_600_000).toISOString()
  const task = await give(ann, team, 'Sweep', { assignees: [bob.id], due: day(9) })
  await inTransaction(host, SYSTEM, (ctx) => remind(ctx, task.id))
  expect(await reasons(bob)).toEqual([])
  await past({ soon_at: ago })
  for (let n = 0; n < 2; n++) await remindOverdue.run(host, {})
  expect(await reasons(bob)).toEqual(['task_soon'])
  await past({ late_at: ago })
  await remindOverdue.run(host, {})
  expect([await reasons(bob), await reasons(ann)]).toEqual([['task_late'], []])
  // Another date is told of anew, and what is done is not overdue.
  await change(ann, task, { due: day(20) })
  expect(await reasons(bob)).toEqual([])
  await past({ late_at: ago })
  await change(bob, task, { state: 'done' })
  await remindOverdue.run(host, {})
  expect(await reasons(bob)).toEqual([])
})

test('a day ends where whoever gave the task lives', async () => {
  const { ann, team } = await scene()
  await ann.patch('/me', { time_zone: 'Pacific/Auckland' })
  const { task } = await give(ann, team, 'Sweep', { due: '2027-01-10' })
  expect(task).toMatchObject({ due: '2027-01-10', late_at: '2027-01-10T11:00:00.000Z' })
  expect((await give(ann, team, 'Mop', { due: '2027-01-10T09:00:00+13:00' })).task).toMatchObject({ due: '2027-01-09T20:00:00.000Z', late_at: '2027-01-09T20:00:00.000Z' })
})

test('the tasks of a space are listed by date, age or end, by state, people and words, page by page', async () => {
  const { ann, bob, eve, team } = await scene()
  const [red, blue] = [await give(ann, team, 'Red paint', { due: day(5), assignees: [bob.id], priority: 'urgent' }), await give(ann, team, 'Blue paint', { due: day(2) })]
  await give(bob, team, 'Green grass', { body: 'and 50% paint' })
  const at = `/spaces/${team.id}/tasks`
  expect(await titles(eve, at)).toEqual(['Blue paint', 'Red paint', 'Green grass'])
  expect(await titles(eve, `${at}?order=age`)).toEqual(['Green grass', 'Blue paint', 'Red paint'])
  expect(await titles(eve, `${at}?q=paint+50%25`)).toEqual(['Green grass'])
  expect(await titles(eve, `${at}?assignee=${bob.id}`)).toEqual(['Red paint'])
  expect(await titles(eve, `${at}?assignee=nobody`)).toEqual(['Blue paint', 'Green grass'])
  expect(await titles(eve, `${at}?priority=urgent`)).toEqual(['Red paint'])
  await change(bob, red, { state: 'done' })
  await change(bob, blue, { state: 'done' })
  expect(await titles(eve, `${at}?state=done&order=since`)).toEqual(['Blue paint', 'Red paint'])
  expect(await titles(eve, `${at}?state=active`)).toEqual(['Green grass'])
  for (const order of ['due', 'age', 'since']) {
    const page: Json = await eve.get(`${at}?order=${order}&limit=2`)
    const rest: Json = await eve.get(`${at}?order=${order}&limit=2&before=${page.next}`)
    expect([page.items.length, rest.items.length, rest.next, new Set([...page.items, ...rest.items].map(({ id }: Json) => id)).size]).toEqual([2, 1, null, 3])
  }
  for (const wrong of ['?order=x', '?state=x', '?before=x', '?assignee=x', '?priority=x']) expect(await eve.get(`${at}${wrong}`)).toMatchObject({ status: 422 })
})

test('my work is of all spaces that I read, by date; what others have to do for me stands beside it', async () => {
  const { ann, bob, team } = await scene()
  const board: Json = await ann.post('/spaces', { name: 'Board', purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${board.id}/members/${bob.id}`)
  await give(ann, board, 'Later', { assignees: [bob.id], due: day(9) })
  const soon = await give(ann, team, 'Sooner', { assignees: [bob.id], due: day(1) })
  await give(bob, team, 'Own, some day', { assignees: [bob.id] })
  expect(await titles(bob, '/my/tasks')).toEqual(['Sooner', 'Later', 'Own, some day'])
  expect((await bob.get('/my/tasks')).items[1].space_card).toMatchObject({ id: board.id, name: 'Board' })
  expect(await titles(ann, '/my/tasks?what=given')).toEqual(['Sooner', 'Later'])
  expect(await titles(bob, '/my/tasks?what=given')).toEqual([])
  await change(bob, soon, { state: 'done' })
  await ann.del(`/spaces/${board.id}/members/${bob.id}`)
  expect(await titles(bob, '/my/tasks')).toEqual(['Own, some day'])
  expect((await change(ann, soon, { assignees: [] })).task.assignees).toEqual([])
})

test('a command that is repeated under its key does nothing twice', async () => {
  const { ann, team, url } = await scene()
  const task = await give(ann, team, 'Once')
  const send = async (): Promise<Json> => (await fetch(`${url}/api/v1/entries/${task.id}/task`, {
    method: 'PATCH', headers: { authorization: `Bearer ${ann.token}`, 'content-type': 'application/json', 'idempotency-key': 'move-1' }, body: JSON.stringify({ state: 'doing' }),
  })).json()
  expect([(await send()).task.state, (await send()).task.state]).toEqual(['doing', 'doing'])
  expect(await stepsIn(ann, task)).toHaveLength(1)
})

test('a task that repeats is open again once it is done, by the clock of whoever gave it, and ends with its rule', async () => {
  const { ann, bob, team, settled } = await scene()
  await ann.patch('/me', { time_zone: 'Europe/Vienna' })
  const task = await give(ann, team, 'Water the plants', { assignees: [bob.id], due: '2027-03-20T02:30:00+01:00', repeats: 'FREQ=WEEKLY', checklist: [{ text: 'Ficus' }] })
  expect(task.task).toMatchObject({ repeats: 'FREQ=WEEKLY', due: '2027-03-20T01:30:00.000Z' })
  await change(bob, task, { tick: { id: '1', done: true } })
  expect((await change(bob, task, { state: 'doing' })).task.state).toBe('doing')
  expect((await change(bob, task, { state: 'done', reason: 'All wet' })).task).toMatchObject({ state: 'open', due: '2027-03-27T01:30:00.000Z', checklist: [{ text: 'Ficus', done: false }] })
  expect((await stepsIn(ann, task)).at(-1)).toMatchObject({ body: 'All wet', task_step: { what: 'state', before: 'doing', state: 'done', due: '2027-03-27T01:30:00.000Z' } })
  await settled()
  expect((await ann.get('/inbox')).items).toMatchObject([{ reasons: ['task_step'] }])
  // At half past two in the night of the spring there is no such time: it is an hour later, and half past two again the week after.
  await change(ann, task, { repeats: 'FREQ=DAILY;COUNT=3' })
  expect((await change(bob, task, { state: 'done' })).task.due).toBe('2027-03-28T01:30:00.000Z')
  expect((await change(bob, task, { state: 'done' })).task.due).toBe('2027-03-29T00:30:00.000Z')
  expect((await change(bob, task, { state: 'done' })).task).toMatchObject({ state: 'done', due: '2027-03-29T00:30:00.000Z' })
})

test('one time of a series is moved by itself; without a date, or by a rule that cannot be, nothing repeats', async () => {
  const { ann, team } = await scene()
  const task = await give(ann, team, 'Report', { due: '2027-01-29', repeats: 'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' })
  await change(ann, task, { due: '2027-01-30' })
  expect((await change(ann, task, { state: 'done' })).task).toMatchObject({ due: '2027-02-26', repeats: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' })
  for (const wrong of ['weekly', 'FREQ=HOURLY', 'FREQ=WEEKLY;BYDAY=XX', 'FREQ=WEEKLY;FREQ=DAILY', 'INTERVAL=2', 'FREQ=DAILY;BYHOUR=9', 'FREQ=DAILY;INTERVAL=0', 'FREQ=WEEKLY;UNTIL=tomorrow'])
    expect(await change(ann, task, { repeats: wrong }), wrong).toMatchObject({ status: 422, code: 'rule_not_understood' })
  for (const never of ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;UNTIL=20270101', 'FREQ=WEEKLY;COUNT=1']) expect(await change(ann, task, { repeats: never }), never).toMatchObject({ status: 422, code: 'rule_never_comes' })
  expect(await give(ann, team, 'When', { repeats: 'FREQ=DAILY' })).toMatchObject({ code: 'repeats_needs_due' })
  expect((await change(ann, task, { due: null })).task).toMatchObject({ due: null, repeats: null })
  expect((await change(ann, task, { state: 'done' })).task.state).toBe('done')
})

test('a calendar shows what one has to do by an address that opens nothing else, until it is revoked', async () => {
  const { ann, bob, team, url } = await scene()
  const day = '2027-03-01'
  const task = await give(ann, team, 'Sweep; mop, and "dry" the floor, all of it, down to the last corner of the hall', { body: 'With **soap**', assignees: [bob.id], due: day, priority: 'urgent' })
  await give(ann, team, 'Ring the bell', { assignees: [bob.id], due: '2027-03-02T09:00:00+01:00' })
  await give(ann, team, 'Not Bob’s', { assignees: [ann.id] })
  const made: Json = await (await signedIn(bob)).post('/tokens', { name: 'Calendar', scopes: ['feed'] })
  const fetchFeed = (headers = {}) => fetch(`${url}/feeds/tasks/${made.token}.ics`, { headers })
  const answer = await fetchFeed()
  const text = await answer.text()
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  const todos = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vtodo')
  expect(todos.map((todo) => ['uid', 'summary', 'due', 'priority', 'status', 'description'].map((name) => String(todo.getFirstPropertyValue(name))))).toEqual([
    [task.id, task.title, day, '1', 'NEEDS-ACTION', 'With soap'], [expect.any(String), 'Ring the bell', '2027-03-02T08:00:00Z', '5', 'NEEDS-ACTION', 'null'],
  ])
  expect(text.split('\r\n').every((one) => Buffer.byteLength(one) <= 75)).toBe(true)
  const tag = answer.headers.get('etag')!
  expect((await fetchFeed({ 'if-none-match': tag })).status).toBe(304)
  await change(bob, task, { state: 'doing' })
  expect(await (await fetchFeed({ 'if-none-match': tag })).text()).toContain('STATUS:IN-PROCESS')
  // Neither does the address open anything else, nor another key this; and no cookie counts.
  const calendar = await makeClient(url, { ...bob, token: made.token })
  expect(await calendar.get('/my/tasks')).toMatchObject({ status: 403, code: 'scope_missing' })
  expect((await fetch(`${url}/feeds/tasks/${(await withScopes(bob, 'read')).token}.ics`)).status).toBe(403)
  expect((await fetch(`${url}/feeds/tasks/x.ics`, { headers: { authorization: `Bearer ${made.token}`, cookie: (await signedIn(bob)).cookie! } })).status).toBe(401)
  expect((await bob.get('/tokens')).items).toMatchObject(expect.arrayContaining([expect.objectContaining({ id: made.id, scopes: ['feed'] })]))
  await bob.del(`/tokens/${made.id}`)
  expect((await fetchFeed()).status).toBe(401)
})

test('two who end one time of what repeats end one; what comes too late, or no more, ends with it; and no input is too odd to be answered', async () => {
  const { ann, bob, team } = await scene()
  const task = await give(ann, team, 'Sweep', { due: day(1), repeats: 'FREQ=WEEKLY' })
  const { since } = task.task
  const answers = await Promise.all([ann, bob].map((by) => change(by, task, { state: 'done', since })))
  expect(answers.map(({ code, task: now }) => code ?? now.due).sort()).toEqual([day(8), 'task_changed'])
  for (const [due, repeats] of [[day(1), 'FREQ=YEARLY;INTERVAL=25'], ['2010-01-01', 'FREQ=DAILY;COUNT=6000']])
    expect(await change(ann, await give(ann, team, 'Audit', { due, repeats }), { state: 'done' })).toMatchObject({ task: { state: 'done' } })
  for (const id of ['\ud800', 'Infinity', '1e300']) expect(await give(ann, team, 'List', { checklist: [{ id, text: 'x' }] })).toMatchObject({ status: 422, code: 'invalid' })
  expect(await ann.get(`/spaces/${team.id}/tasks?from=0000-01-01T00:00:00Z`)).toMatchObject({ status: 422, code: 'invalid' })
  const words = { kind: 'task', title: 'Later', body: '', repeats: 'x\ud800', due: day(3) }
  expect((await ann.post('/scheduled', { space: team.id, send_at: new Date(Date.now() + 3_600_000).toISOString(), words })).status ?? 201).not.toBe(500)
})

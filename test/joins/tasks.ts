import { remind } from '../../server/features/tasks/jobs.ts'
import { inTransaction, SYSTEM } from '../../server/kernel/context.ts'
import type { Client, Json } from '../../server/scene.ts'
import { defineEntryKind } from '../../web/core/entries/kinds.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import { QUERIES } from '../metamorphic-views.ts'
import { ANSWERLESS, type Entry, type Oracle, type Person, UNFED } from '../oracle.ts'
import { COMMANDS, type Ground, ofOwn, own, type People } from '../race-commands.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

UNFED.add('task')
// As feature.ts has it, which brings all of its components.
defineEntryKind({ name: 'task', isQuiet: true })
ANSWERLESS.add('task_step')

const later = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Known = { state: 'open' | 'doing' | 'done' | 'dropped'; assignees: Set<string> }
const known = new WeakMap<Oracle, Map<string, Known>>()
const tasksOf = (oracle: Oracle) => known.get(oracle) ?? known.set(oracle, new Map()).get(oracle)!
const all = (oracle: Oracle) => [...oracle.entries.values()].filter(({ kind }) => kind === 'task')
const isEnd = ({ state }: Known) => state === 'done' || state === 'dropped'
const able = (oracle: Oracle, actor: Person, person: Person, task: Pick<Entry, 'space'>) => person.active && oracle.mayRead(person, oracle.spaceOf(task as Entry)) && oracle.mayKnowPerson(actor, person)

const fresh = (id: string, space: string, author: string, title: string, body: string) =>
  ({ ...blank, id, space, root: null, parent: null, author, title, body, old: [], topics: [], mentions: new Set<string>(), reactions: new Map(), files: [] })

const hears = (oracle: Oracle, id: string, actor: Person, entry: Entry) => id !== actor.id && oracle.mayOpen(oracle.people.get(id)!, entry) && !oracle.mutes({ id }, entry)

// ---- what one does with them -----------------------------------------------------------------------------------------

const give = move('give a task', 4, async ({ actor, space, other, flag, world, oracle, say }) => {
  const [title, body, given] = [world.canary('t'), world.canary('b'), flag % 4 ? [other] : []]
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { kind: 'task', title, body, assignees: given.map(({ id }) => id), ...(flag % 2 && { due: later(flag).slice(0, 10) }) })
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind !== 'community' ? 422 : !oracle.mayPost(actor, space) ? 403 : given.every((one) => able(oracle, actor, one, { space: space.id })) ? 201 : 422
  world.expect(status === expected, `${actor.name} gives ${other.name} a task in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`gives ${given.map(({ name }) => name)} ${body} to do in ${space.name}`)
  const entry: Entry = { ...fresh(json.id, space.id, actor.id, title, body), kind: 'task' }
  oracle.write(entry, [])
  tasksOf(oracle).set(json.id, { state: 'open', assignees: new Set(given.map(({ id }) => id)) })
  world.told('entry.published', json.id, space)
  for (const { id } of given) if (hears(oracle, id, actor, entry)) oracle.note(`told:${id}`, json.id)
})

const go = move('move a task on', 5, async ({ actor, entry, flag, world, oracle, say }) => {
  const task = flag % 5 ? pick(all(oracle), flag + (entry?.at ?? 0)) : entry
  if (!task) return
  const [space, facts, state, body] = [oracle.spaceOf(task), tasksOf(oracle).get(task.id), (['doing', 'done', 'open'] as const)[flag % 3], world.canary('r')]
  const { status } = await world.call(actor, 'PATCH', `/entries/${task.id}/task`, { state, reason: body })
  const expected = !oracle.mayOpen(actor, task) ? 404 : !facts || !task.published ? 422 : oracle.mayPost(actor, space) ? 200 : 403
  world.expect(status === expected, `${actor.name} moves ${world.nameOf(task.id)} to ${state}: ${status}, not ${expected}`)
  if (status !== 200 || facts!.state === state) return
  const [wasEnd, isOver] = [isEnd(facts!), state === 'done']
  facts!.state = state
  const { json } = await world.call(actor, 'GET', `/entries/${task.id}/thread?limit=100`)
  say(`moves ${world.nameOf(task.id)} to ${state}: ${body}`)
  const line: Entry = { ...fresh(json.items.findLast((one: Json) => one.kind === 'task_step').id, space.id, actor.id, '', body), kind: 'task_step', root: task.id, parent: task.id }
  oracle.write(line, [])
  world.told('entry.published', line.id, space)
  world.told('task.changed', task.id, space)
  if (wasEnd || isOver) for (const id of new Set([task.author, ...facts!.assignees])) if (hears(oracle, id, actor, line)) oracle.note(`told:${id}`, line.id)
  for (const id of facts!.assignees) {
    // Whoever took it themselves was not told that it is theirs.
    if (id === task.author) continue
    if (isOver) oracle.withdraw(id, task)
    else if (!oracle.told.get(id)?.has(task.id) && hears(oracle, id, actor, task)) oracle.tellLate(id, task)
  }
})

moves.push(give, go)

looks.push(async (r) => {
  const { oracle, person } = r
  const facts = tasksOf(oracle)
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      await r.open('/spaces/:id/tasks', space.id, false)
      continue
    }
    const here = all(oracle).filter((task) => task.space === space.id && task.published)
    const rows = await r.list('/spaces/:id/tasks', `/spaces/${space.id}/tasks`, '&order=age')
    r.same(`what is to be done in ${space.name}`, rows.map(({ id }) => id), here.map(({ id }) => id))
    for (const { id, task } of rows) {
      const { state, assignees } = facts.get(id)!
      r.equal(`how far ${r.world.nameOf(id)} is`, [task.state, task.assignees.map((one: Json) => one.id)], [state, [...assignees].filter((one) => oracle.mayMeet(person, space, one))])
    }
  }
  const readable = all(oracle).filter((task) => task.published && oracle.mayRead(person, oracle.spaceOf(task)) && !isEnd(facts.get(task.id)!))
  const isMine = ({ id }: Entry) => facts.get(id)!.assignees.has(person.id)
  r.same('what one has to do', (await r.list('/my/tasks')).map(({ id }) => id), readable.filter(isMine).map(({ id }) => id))
  const feed = await r.world.readFeed(person, (secret) => `/feeds/tasks/${secret}.ics`)
  r.inspect('the feed of tasks', feed)
  r.same('the feed of tasks', [...feed.matchAll(/^UID:(.{36})/gm)].map(([, id]) => id), readable.filter(isMine).map(({ id }) => id))
  r.same('what others have to do for one', (await r.list('/my/tasks', '/my/tasks', '&what=given')).map(({ id }) => id), readable.filter((task) => task.author === person.id && !isMine(task)).map(({ id }) => id))
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

QUERIES['/spaces/:id/tasks'] = () => ['', 'order=age', 'state=active', 'order=since&state=done', `q=${SHARED}`, 'assignee=nobody']
QUERIES['/my/tasks'] = () => ['', 'what=given']

moreDeeds.push(({ ann, bob, closed, secret, privy }, { pick: choose, keep, words }) => ({
  work: async () => {
    const space = choose([closed, secret])
    const task = async (by: Client, more: object = {}): Promise<Json> => keep(await by.post(`/spaces/${space.id}/entries`, { kind: 'task', title: `${SECRET} ${SHARED}`, body: words(), ...more }), by, space)
    const first = await task(ann, { assignees: [bob.id, ann.id], due: later(2), checklist: [{ text: SECRET }], priority: 'urgent' })
    const second = await task(bob, { subtask_of: first.id, blocked_by: [first.id], assignees: [ann.id] })
    await bob.post(`/spaces/${space.id}/entries`, { kind: 'task', title: SECRET, from: privy[space === closed ? 0 : 1].id })
    await bob.patch(`/entries/${first.id}/task`, { state: 'doing', reason: words() })
    await ann.patch(`/entries/${second.id}/task`, { assignees: [bob.id], due: null, estimate: 90 })
    await choose([() => ann.patch(`/entries/${first.id}/task`, { state: 'done' }), () => ann.patch(`/entries/${second.id}/task`, { state: 'dropped', reason: words() })])()
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'tasks, how far they are, whose and by when',
  play: async ({ ann, bob, eve, team, settled, host }, equal) => {
    const give = (by: Client, title: string, more: object = {}): Promise<Json> => by.post(`/spaces/${team.id}/entries`, { kind: 'task', title, ...more })
    const [floor, oven] = [await give(ann, 'Sweep the floor', { assignees: [bob.id], due: later(3), checklist: [{ text: 'Corners' }] }), await give(bob, 'Clean the oven', { due: later(1).slice(0, 10) })]
    await settled()
    const at = (order: string, state = '', more: Record<string, string> = {}) => [
      `tasks/${team.id}/${order}/${state}/${more.assignee ?? ''}//${more.subtask_of ?? ''}/`,
      `/spaces/${team.id}/tasks?limit=100&order=${order}${state && `&state=${state}`}${Object.entries(more).map(([name, value]) => `&${name}=${value}`).join('')}`,
    ]
    const lists = Object.fromEntries([at('due', 'open'), at('due', 'doing'), at('since', 'done'), at('since', 'dropped'), at('age', 'active'), at('due', '', { assignee: bob.id }), at('due', 'active', { assignee: 'nobody' }),
      at('age', '', { subtask_of: floor.id }), ['my-tasks/mine', '/my/tasks?limit=100'], ['my-tasks/given', '/my/tasks?limit=100&what=given']])
    const told = ['inbox', 'unread', 'home/', 'my-tasks/']
    const same = (command: () => Promise<unknown>, asks: string[] = told) => equal([eve, ann, bob], { spaces: [team.id], threads: [floor.id, oven.id], lists }, command, asks)
    const change = (by: Client, task: Json, what: object, more: string[] = []) => same(() => by.patch(`/entries/${task.id}/task`, what), [...told, ...more])
    await same(() => give(eve, 'Buy soap', { assignees: [bob.id] }))
    await change(bob, floor, { state: 'doing' })
    await change(bob, floor, { tick: { id: '1', done: true } })
    await change(ann, floor, { assignees: [bob.id, eve.id], due: later(9).slice(0, 10), priority: 'high', estimate: 30 })
    await change(eve, oven, { assignees: [eve.id] })
    const part = await give(ann, 'Find the broom', { subtask_of: floor.id })
    await change(ann, oven, { blocked_by: [part.id], checklist: [{ text: 'Door' }, { text: 'Tray' }] })
    await change(bob, part, { state: 'done', reason: 'It was behind the door' })
    await change(ann, part, { subtask_of: null })
    await same(() => eve.patch('/me', { name: 'Eva' }))
    await host.db.updateTable('tasks').set({ soon_at: later(-1) }).where('entry_id', '=', oven.id).execute()
    await same(() => inTransaction(host, SYSTEM, (ctx) => remind(ctx, oven.id)))
    // What one was told of it is taken back, and told anew.
    await change(eve, oven, { state: 'dropped' }, ['thread/'])
    await change(eve, oven, { state: 'open' }, ['thread/'])
    const everything = [...told, 'thread/', 'entry/', 'entries/', 'tasks/']
    await same(() => ann.del(`/entries/${part.id}`), everything)
    await same(() => bob.del(`/entries/${oven.id}`), everything)
  },
})

// ---- what happens at once ---------------------------------------------------------------------------------------------

const given = async (ground: Ground, { bob }: People) => void (ground.own = await bob.post(`/spaces/${ground.space.id}/entries`, { kind: 'task', title: 'Sweep the floor' }))
Object.assign(COMMANDS, {
  'PATCH /entries/:id/task': { at: ofOwn('/task'), body: () => ({ state: 'doing' }), before: given, ...own },
})

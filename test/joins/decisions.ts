import { sql } from 'kysely'
import { close, remind } from '../../server/features/decisions/settle.ts'
import { inTransaction, SYSTEM } from '../../server/kernel/context.ts'
import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import { QUERIES } from '../metamorphic-views.ts'
import type { Entry, Oracle, Person } from '../oracle.ts'
import { COMMANDS, type Ground, ofOwn, own, type People } from '../race-commands.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks, type Reader } from '../visibility-surfaces.ts'

const soon = () => new Date(Date.now() + 30 * 86_400_000).toISOString()

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Facts = { positions: Map<string, string>; outcome: string | null; arguments: Map<string, { option: string; weighty: Set<string> }> }
const told = new WeakMap<Oracle, Map<string, Facts>>()

function factsOf(oracle: Oracle, { id }: Entry): Facts {
  const facts = told.get(oracle) ?? told.set(oracle, new Map()).get(oracle)!
  return facts.get(id) ?? facts.set(id, { positions: new Map(), outcome: null, arguments: new Map() }).get(id)!
}

const decisionsOf = (oracle: Oracle) => [...oracle.entries.values()].filter((entry) => entry.kind === 'decision')
/** The members of the space decide. */
const decides = (oracle: Oracle, person: Person, decision: Entry) => person.active && oracle.isMember(person, oracle.spaceOf(decision))
const mayConclude = (oracle: Oracle, person: Person, decision: Entry) =>
  !oracle.spaceOf(decision).archived && (decision.author === person.id || oracle.mayManage(person, oracle.spaceOf(decision)))

/** Whether all who decide have spoken. */
function isSpoken(oracle: Oracle, decision: Entry): boolean {
  const asked = [...oracle.people.values()].filter((person) => decides(oracle, person, decision))
  return asked.length > 0 && asked.every(({ id }) => factsOf(oracle, decision).positions.has(id))
}

/** What the outcome may be: what more than half want, or one of those that tied. */
function wanted({ positions }: Facts): string {
  const first = [...positions.values()].filter((option) => option === '1').length
  return first * 2 >= positions.size ? '1' : '2'
}

// ---- what one does with them -----------------------------------------------------------------------------------------

const propose = move('propose a decision', 4, async ({ actor, space, world, oracle, say }) => {
  const [title, body] = [world.canary('t'), world.canary('b')]
  const given = { kind: 'decision', title, body, options: [`${title} now`, `${title} later`], method: 'majority', closes_at: soon() }
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, given)
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind !== 'community' ? 422 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} proposes in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`proposes ${body} in ${space.name}`)
  oracle.write({
    ...blank, id: json.id, space: space.id, root: null, parent: null, author: actor.id, kind: 'decision', title, body, old: [], topics: [],
    mentions: new Set(), reactions: new Map(), files: [],
  }, [])
  world.told('entry.published', json.id, space)
})

const speak = move('take a position', 5, async ({ actor: somebody, flag, world, oracle, say }) => {
  const decision = pick(decisionsOf(oracle), flag)
  if (!decision) return
  const asked = [...oracle.people.values()].filter((person) => decides(oracle, person, decision))
  const actor = flag % 3 ? pick(asked, flag) ?? somebody : somebody
  const facts = factsOf(oracle, decision)
  const option = String(1 + (flag % 2))
  const { status } = await world.call(actor, 'PUT', `/entries/${decision.id}/position`, { choice: { option }, reason: decision.body })
  const expected = !oracle.mayOpen(actor, decision) ? 404 : !decision.published ? 422 : oracle.spaceOf(decision).archived || !decides(oracle, actor, decision) ? 403 : facts.outcome ? 409 : 200
  world.expect(status === expected, `${actor.name} speaks about ${world.nameOf(decision.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  if (facts.positions.get(actor.id) !== option) world.told('position.taken', decision.id, oracle.spaceOf(decision))
  facts.positions.set(actor.id, option)
  say(`wants ${option} of ${world.nameOf(decision.id)}`)
})

const conclude = move('tell an outcome', 4, async ({ actor: somebody, flag, world, oracle, say }) => {
  const decision = pick(decisionsOf(oracle), flag)
  if (!decision) return
  const author = oracle.people.get(decision.author)!
  const actor = flag % 2 && author.active ? author : somebody
  const facts = factsOf(oracle, decision)
  const option = wanted(facts)
  const { status } = await world.call(actor, 'POST', `/entries/${decision.id}/outcome`, { option, reason: decision.body, rejected: decision.title })
  const expected = !oracle.mayOpen(actor, decision) ? 404 : !decision.published ? 422 : !mayConclude(oracle, actor, decision) ? 403 : facts.outcome || !isSpoken(oracle, decision) ? 409 : 200
  world.expect(status === expected, `${actor.name} tells the outcome of ${world.nameOf(decision.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  facts.outcome = option
  world.told('decision.concluded', decision.id, oracle.spaceOf(decision))
  for (const id of new Set([...facts.positions.keys(), decision.author]))
    if (id !== actor.id && oracle.mayOpen(oracle.people.get(id)!, decision) && !oracle.mutes({ id }, decision)) oracle.tellLate(id, decision)
  say(`tells the outcome of ${world.nameOf(decision.id)}`)
})

const argue = move('argue', 4, async ({ actor, flag, world, oracle, say }) => {
  const decision = pick(decisionsOf(oracle), flag)
  if (!decision) return
  const [body, option, space] = [world.canary('b'), String(1 + (flag % 2)), oracle.spaceOf(decision)]
  const { status, json } = await world.call(actor, 'POST', `/entries/${decision.id}/arguments`, { option, side: 'for', body })
  const expected = !oracle.mayOpen(actor, decision) ? 404 : !decision.published ? 422 : !oracle.mayReply(actor, space) ? 403 : factsOf(oracle, decision).outcome ? 409 : 201
  world.expect(status === expected, `${actor.name} argues about ${world.nameOf(decision.id)}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`argues ${body} about ${world.nameOf(decision.id)}`)
  factsOf(oracle, decision).arguments.set(json.id, { option, weighty: new Set() })
  oracle.write({
    ...blank, id: json.id, space: space.id, root: decision.id, parent: decision.id, author: actor.id, kind: 'argument', title: '', body, old: [], topics: [],
    mentions: new Set(), reactions: new Map(), files: [],
  }, [])
  world.told('entry.published', json.id, space)
})

const weigh = move('weigh an argument', 3, async ({ actor, flag, world, oracle, say }) => {
  const argument = pick([...oracle.entries.values()].filter((entry) => entry.kind === 'argument'), flag)
  if (!argument) return
  const { weighty } = factsOf(oracle, oracle.entries.get(argument.root!)!).arguments.get(argument.id)!
  const removes = flag % 3 === 0
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${argument.id}/weight`)
  const expected = !oracle.mayOpen(actor, argument) ? 404 : !oracle.mayReply(actor, oracle.spaceOf(argument)) || argument.author === actor.id ? 403 : 200
  world.expect(status === expected, `${actor.name} weighs ${world.nameOf(argument.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  if (weighty.has(actor.id) === removes) world.told('argument.weighed', argument.id, oracle.spaceOf(argument))
  if (removes) weighty.delete(actor.id)
  else weighty.add(actor.id)
  say(`weighs ${world.nameOf(argument.id)}`)
})

moves.push(propose, speak, conclude, argue, weigh)

looks.push(async (r) => {
  const { oracle, person } = r
  const shown = decisionsOf(oracle).filter((decision) => decision.published)
  const all = await r.list('/decisions')
  r.same('/decisions', all.map(({ id }) => id), shown.filter((decision) => oracle.mayOpen(person, decision)).map(({ id }) => id))
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      await r.open('/spaces/:id/decisions', space.id, false)
      continue
    }
    const here = shown.filter((decision) => decision.space === space.id)
    if (!here.length) continue
    for (const state of ['open', 'decided']) {
      const items = await r.list('/spaces/:id/decisions', `/spaces/${space.id}/decisions`, `&state=${state}`)
      r.same(`what is ${state} in ${space.name}`, items.map(({ id }) => id), here.filter((one) => (factsOf(oracle, one).outcome ? 'decided' : 'open') === state).map(({ id }) => id))
    }
  }
  for (const decision of shown.slice(0, 6)) await lookAt(r, decision)
})

async function lookAt(r: Reader, decision: Entry): Promise<void> {
  const { oracle, person, world } = r
  const [may, facts] = [oracle.mayOpen(person, decision), factsOf(oracle, decision)]
  const found = await r.open('/entries/:id/decision', decision.id, may)
  if (!may || !found) {
    for (const part of ['positions', 'arguments']) await r.open(`/entries/:id/${part}`, decision.id, false)
    return
  }
  const mine = facts.positions.get(person.id)
  r.equal(`one's own position on ${world.nameOf(decision.id)}`, found.mine?.choice ?? null, mine ? { option: mine } : null)
  const met = [...facts.positions.keys()].filter((id) => id === person.id || oracle.mayMeet(person, oracle.spaceOf(decision), id))
  const positions = await r.list('/entries/:id/positions', `/entries/${decision.id}/positions`)
  r.same(`the positions on ${world.nameOf(decision.id)}`, positions.map((one) => one.person.id), met)
  const said = await r.list('/entries/:id/arguments', `/entries/${decision.id}/arguments`)
  const there = [...facts.arguments].filter(([id]) => oracle.entries.get(id)!.published)
  r.same(`the arguments on ${world.nameOf(decision.id)}`, said.map(({ id, argument: { weight } }) => `${id} ${weight}`), there.map(([id, { weighty }]) => `${id} ${weighty.size}`))
}

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

QUERIES['/spaces/:id/decisions'] = () => ['', 'state=open', 'state=decided']
QUERIES['/decisions'] = () => ['', 'state=open', 'limit=2']

moreDeeds.push(({ ann, bob, closed, secret }, { pick: choose, keep, words }) => ({
  decide: async () => {
    const space = choose([closed, secret])
    const given = { kind: 'decision', title: `${SECRET} ${SHARED}`, body: words(), options: [SECRET, SHARED], method: 'majority', deciders: [bob.id], closes_at: soon() }
    const decision = keep(await ann.post(`/spaces/${space.id}/entries`, given), ann, space)
    const argument = keep(await ann.post(`/entries/${decision.id}/arguments`, { option: '1', side: 'for', body: words() }), ann, space)
    await bob.put(`/entries/${argument.id}/weight`)
    await bob.put(`/entries/${decision.id}/position`, { choice: { option: '1' }, reason: words() })
    if (choose([true, false])) await ann.post(`/entries/${decision.id}/outcome`, { option: '1', reason: words(), rejected: words() })
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'a decision, its positions, arguments, summary and outcome',
  play: async ({ ann, bob, eve, team, settled, host }, equal) => {
    const propose = (title: string, more: object = {}): Promise<Json> => ann.post(`/spaces/${team.id}/entries`,
      { kind: 'decision', title, body: 'Which one?', options: ['Gas', 'Electric'], method: 'majority', closes_at: soon(), ...more })
    const [older, decision] = [await propose('Which stove?', { deciders: [bob.id] }), await propose('Which oven?')]
    const argue = (by: Client, body: string): Promise<Json> => by.post(`/entries/${decision.id}/arguments`, { option: '1', side: 'for', body })
    const argument = await argue(bob, 'It is quick')
    await settled()
    const lists = Object.fromEntries([...['open', 'decided', 'superseded'].map((state) => [`decisions/${team.id}/${state}`, `/spaces/${team.id}/decisions?limit=100&state=${state}`]),
      [`decisions/${team.id}/every`, `/spaces/${team.id}/decisions?limit=100`], [`positions/${decision.id}`, `/entries/${decision.id}/positions?limit=50`], [`arguments/${decision.id}`, `/entries/${decision.id}/arguments?limit=100`]])
    const asked = ['positions/', 'arguments/']
    const same = (command: () => Promise<unknown>, asks: string[] = []) => equal([eve, ann, bob], { spaces: [team.id], threads: [decision.id, older.id], lists }, command, [...asked, ...asks])
    await same(() => propose('Which pan?'))
    await same(() => bob.put(`/entries/${decision.id}/position`, { choice: { option: '1' } }))
    await same(() => bob.put(`/entries/${decision.id}/position`, { choice: { option: '2' }, reason: 'Cleaner' }))
    await same(() => ann.put(`/entries/${decision.id}/position`, { choice: { option: '1' } }))
    await same(() => argue(eve, 'It is warm'), ['inbox', 'unread', 'home/unread'])
    await same(() => ann.put(`/entries/${argument.id}/weight`))
    await same(() => ann.put(`/entries/${decision.id}/summary`, { text: 'Quick or clean' }))
    const { summary } = await bob.get(`/entries/${decision.id}/decision`)
    await same(() => bob.put(`/entries/${decision.id}/summary/acceptance`, { at: summary.at }))
    await same(() => ann.post(`/entries/${decision.id}/outcome`, { option: '1', reason: 'A tie, and it is here already' }), ['inbox', 'decisions/'])
    await bob.put(`/entries/${older.id}/position`, { choice: { option: '1' } })
    await same(() => ann.post(`/entries/${older.id}/outcome`, { option: '1', reason: 'Bob says so' }), ['inbox', 'decisions/'])
    await same(() => ann.put(`/entries/${older.id}/review`, { next: soon().slice(0, 10) }))
    const anew = await propose('Which stove, again?', { supersedes: older.id, deciders: [bob.id] })
    await bob.put(`/entries/${anew.id}/position`, { choice: { option: '2' } })
    await settled()
    await same(() => ann.post(`/entries/${anew.id}/outcome`, { option: '2', reason: 'Bob thinks better' }), ['inbox', 'decisions/'])
    await same(() => bob.del(`/entries/${argument.id}`), ['thread/', 'inbox', 'unread', 'home/', 'entries/'])
    // What comes by itself: a later end, the reminder, and the end.
    const silent = await propose('Which spoon?')
    await ann.put(`/entries/${silent.id}/position`, { choice: { option: '1' } })
    await settled()
    const byItself = (work: typeof close) => inTransaction(host, SYSTEM, (ctx) => work(ctx, silent.id))
    await same(() => ann.patch(`/entries/${silent.id}/decision`, { closes_at: new Date(Date.now() + 60 * 86_400_000).toISOString() }))
    await same(() => byItself(remind), ['inbox'])
    await sql`update decisions set closes_at = now() where entry_id = ${silent.id}`.execute(host.db)
    await same(() => byItself(close), ['inbox', 'decisions/'])
  },
})

// ---- what happens at once ---------------------------------------------------------------------------------------------

const proposed = async (ground: Ground, { bob }: People) =>
  void (ground.own = await bob.post(`/spaces/${ground.space.id}/entries`, { kind: 'decision', title: 'Which soup?', options: ['Leek', 'Pea'], method: 'majority', closes_at: soon() }))
const position = (option: string) => ({ choice: { option }, reason: 'It is the better one' })
const spoken = async (ground: Ground, people: People) => {
  await proposed(ground, people)
  for (const person of [people.ann, people.bob]) await person.put(`/entries/${ground.own!.id}/position`, position('1'))
}
const settledOne = async (ground: Ground, people: People) => {
  await spoken(ground, people)
  await people.bob.post(`/entries/${ground.own!.id}/outcome`, { option: '1', reason: 'All want it' })
}
const argued = async (ground: Ground, people: People) => {
  await proposed(ground, people)
  ground.own = await people.ann.post(`/entries/${ground.own!.id}/arguments`, { option: '1', side: 'for', body: 'It warms' })
}
const weighed = async (ground: Ground, people: People) => {
  await argued(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/weight`)
}
const summed = async (ground: Ground, people: People) => {
  await spoken(ground, people)
  await people.ann.put(`/entries/${ground.own!.id}/summary`, { text: 'Both warm' })
  ground.own!.summed = (await people.bob.get(`/entries/${ground.own!.id}/decision`)).summary.at
}
const accepted = async (ground: Ground, people: People) => {
  await summed(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/summary/acceptance`, { at: ground.own!.summed })
}
Object.assign(COMMANDS, {
  'PATCH /entries/:id/decision': { at: ofOwn('/decision'), body: () => ({ options: [{ text: 'Leek' }, { text: 'Carrot' }] }), before: proposed, ...own },
  'PUT /entries/:id/position': { at: ofOwn('/position'), body: () => position('2'), before: proposed, ...own },
  'DELETE /entries/:id/position': { at: ofOwn('/position'), before: spoken, ...own },
  'POST /entries/:id/outcome': { at: ofOwn('/outcome'), body: () => ({ option: '1', reason: 'All want it' }), before: spoken, ...own },
  'POST /entries/:id/arguments': { at: ofOwn('/arguments'), body: () => ({ option: '2', side: 'against', body: 'It is green' }), before: proposed, ...own },
  'PUT /entries/:id/review': { at: ofOwn('/review'), body: () => ({ next: null }), before: settledOne, ...own },
  'PUT /entries/:id/weight': { at: ofOwn('/weight'), before: argued, ...own },
  'DELETE /entries/:id/weight': { at: ofOwn('/weight'), before: weighed, ...own },
  'PUT /entries/:id/summary': { at: ofOwn('/summary'), body: () => ({ text: 'Both are soup' }), before: spoken, ...own },
  'PUT /entries/:id/summary/acceptance': { at: ofOwn('/summary/acceptance'), body: ({ own: it }: Ground) => ({ at: it!.summed }), before: summed, ...own },
  'DELETE /entries/:id/summary/acceptance': { at: ofOwn('/summary/acceptance'), before: accepted, ...own },
})

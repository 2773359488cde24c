import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET } from '../metamorphic-stage.ts'
import type { Entry, Oracle, Person } from '../oracle.ts'
import { COMMANDS, type Ground, type People } from '../race-commands.ts'
import { move, moves } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Known = { steps: { what: string; by: string; right: string }[]; seen: Set<string> }
const known = new WeakMap<Oracle, Map<string, Known>>()
const all = (oracle: Oracle) => known.get(oracle) ?? known.set(oracle, new Map()).get(oracle)!
const knownOf = (oracle: Oracle, { id }: Entry) => all(oracle).get(id) ?? all(oracle).set(id, { steps: [], seen: new Set() }).get(id)!
const isRetracted = ({ steps }: Known) => steps.at(-1)?.what === 'retraction'

const mayCorrect = (oracle: Oracle, person: Person, entry: Entry) => {
  const space = oracle.spaceOf(entry)
  return oracle.mayManage(person, space) || (entry.author === person.id && (space.kind !== 'community' || oracle.mayPost(person, space)))
}

/** What keeps somebody from correcting something, as the status of the refusal. */
function refusal(oracle: Oracle, person: Person, entry: Entry): number | null {
  if (!oracle.mayOpen(person, entry)) return 404
  if (!entry.published || entry.kind === 'idea_step') return 422
  return oracle.spaceOf(entry).archived || !mayCorrect(oracle, person, entry) ? 403 : null
}

/** Whether their position lies behind it: in its thread, or in the space they were in when it was written. */
function hasBehind(oracle: Oracle, person: Person, entry: Entry): boolean {
  const member = oracle.spaceOf(entry).members.get(person.id)
  const thread = oracle.threadReads.get(person.id)?.get(entry.root ?? entry.id)
  return thread !== undefined ? thread >= entry.at : !!member && member.since < entry.at && member.readTo >= entry.at
}

/** Whoever read, answered, or reacted, was told of it, or wrote it. */
function hasMet(oracle: Oracle, person: Person, entry: Entry): boolean {
  const answers = [...oracle.entries.values()].filter((one) => one.published && one.root === (entry.root ?? entry.id) && (!entry.root || one.parent === entry.id))
  return entry.author === person.id || hasBehind(oracle, person, entry) || answers.some(({ author }) => author === person.id) || !!oracle.told.get(person.id)?.has(entry.id)
    || !!oracle.corrected.get(person.id)?.has(entry.id) || [...entry.reactions.values()].some((who) => who.has(person.id)) || knownOf(oracle, entry).seen.has(person.id)
}

function tell(oracle: Oracle, actor: Person, entry: Entry): void {
  const moment = ++oracle.clock
  for (const person of oracle.people.values()) {
    if (person === actor || !person.active || !oracle.mayOpen(person, entry) || oracle.mutes(person, entry) || !hasMet(oracle, person, entry)) continue
    const mine = oracle.corrected.get(person.id) ?? oracle.corrected.set(person.id, new Map()).get(person.id)!
    // Once, until they look.
    if (mine.get(entry.id)?.looked !== false) mine.set(entry.id, { moment, looked: false })
  }
}

// ---- what one does -----------------------------------------------------------------------------------------------------

const correct = move('correct', 5, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const [wrong, right, body] = [world.canary('w'), world.canary('r'), flag % 2 ? world.canary('b') : undefined]
  const facts = knownOf(oracle, entry)
  const { status } = await world.call(actor, 'POST', `/entries/${entry.id}/corrections`, { wrong, right, body })
  const expected = refusal(oracle, actor, entry) ?? (isRetracted(facts) ? 409 : body && entry.author !== actor.id ? 403 : 201)
  world.expect(status === expected, `${actor.name} corrects ${world.nameOf(entry.id)}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`corrects ${world.nameOf(entry.id)}: ${right} ${body ?? ''}`)
  if (body) {
    oracle.edit(entry, body, [])
    world.told('entry.edited', entry.id, oracle.spaceOf(entry))
  }
  facts.steps.push({ what: 'correction', by: actor.id, right })
  oracle.beside.set(entry.id, [...(oracle.beside.get(entry.id) ?? []), wrong, right])
  tell(oracle, actor, entry)
  world.told('entry.corrected', entry.id, oracle.spaceOf(entry))
}, { by: 'author' })

const retract = move('take back', 3, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const [facts, right, stands] = [knownOf(oracle, entry), world.canary('r'), flag % 2 === 0]
  const { status } = await world.call(actor, stands ? 'DELETE' : 'PUT', `/entries/${entry.id}/retraction`, stands ? undefined : { reason: right })
  const by = facts.steps.at(-1)?.by
  const mayReinstate = by === actor.id || (by !== entry.author && oracle.mayManage(actor, oracle.spaceOf(entry)))
  const expected = refusal(oracle, actor, entry) ?? (stands ? (isRetracted(facts) && !mayReinstate ? 403 : 200) : isRetracted(facts) ? 409 : 200)
  world.expect(status === expected, `${actor.name} ${stands ? 'lets stand' : 'takes back'} ${world.nameOf(entry.id)}: ${status}, not ${expected}`)
  if (status !== 200 || (stands && !isRetracted(facts))) return
  say(`${stands ? 'lets stand' : 'takes back'} ${world.nameOf(entry.id)}`)
  facts.steps.push({ what: stands ? 'reinstatement' : 'retraction', by: actor.id, right: stands ? '' : right })
  if (!stands) oracle.beside.set(entry.id, [...(oracle.beside.get(entry.id) ?? []), right])
  tell(oracle, actor, entry)
  world.told('entry.corrected', entry.id, oracle.spaceOf(entry))
}, { by: 'author' })

const lookIn = move('look in', 4, async ({ actor, entry, world, oracle }) => {
  if (!entry) return
  const { status } = await world.call(actor, 'POST', '/readings', { entries: [entry.id] })
  world.expect(status === 204, `${actor.name} looks at ${world.nameOf(entry.id)}: ${status}`)
  if (entry.published && oracle.mayOpen(actor, entry) && entry.author !== actor.id && !hasBehind(oracle, actor, entry)) knownOf(oracle, entry).seen.add(actor.id)
})

moves.push(correct, retract, lookIn)

looks.push(async (r) => {
  const { oracle, person } = r
  for (const [id, { steps }] of [...all(oracle)].filter(([, facts]) => facts.steps.length).slice(-6)) {
    const entry = oracle.entries.get(id)!
    const may = oracle.mayOpen(person, entry)
    const shown = await r.open('/entries/:id/corrections', id, may && entry.published)
    const found = await r.open('/entries/:id', id, may)
    if (found && !entry.published) r.equal(`what was wrong in ${r.world.nameOf(id)}`, found.corrected, null)
    if (!shown) continue
    r.equal(`all that was wrong in ${r.world.nameOf(id)}`, shown.items.map((one: Json) => [one.what, one.right]), steps.toReversed().map(({ what, right }) => [what, right]))
    const { by } = steps.at(-1)!
    r.equal(`what was wrong in ${r.world.nameOf(id)}`, [found.corrected.count, found.corrected.retracted, found.corrected.last[0].by?.id],
      [steps.length, isRetracted(knownOf(oracle, entry)), oracle.mayMeet(person, oracle.spaceOf(entry), by) ? by : undefined])
  }
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

// Words that are the same again are no correction.
let corrected = 0
moreDeeds.push(({ ann, bob, eve, root, privy, team }, { pick: choose, words }) => ({
  correct: async () => {
    const { id } = choose(privy)
    await bob.post(`/entries/${id}/read`)
    await ann.post(`/entries/${id}/corrections`, { wrong: `${SECRET} ${words()}`, right: words(), ...choose([{}, { body: `${SECRET} ${words()} ${++corrected}` }]) })
    if (choose([true, false])) await ann.put(`/entries/${id}/retraction`, { reason: words() })
    await ann.del(`/entries/${id}/retraction`)
  },
  // Who had what before their eyes no answer to anybody tells.
  'look at it': async () => {
    const { items } = await bob.get(`/spaces/${team.id}/entries`)
    for (const one of [ann, bob]) await one.post('/readings', { entries: [root.id, ...items.map((entry: Json) => entry.id), ...privy.map((entry) => entry.id)] })
    await eve.post('/readings', { entries: privy.map((entry) => entry.id) })
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'what is corrected, taken back, and stands after all',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    const post = (by: Client, body: string): Promise<Json> => by.post(`/spaces/${team.id}/entries`, { title: 'Supply', body })
    const [one, other] = [await post(bob, 'It runs at 40 V'), await post(ann, 'It has two fuses')]
    const reply: Json = await ann.post(`/entries/${one.id}/replies`, { body: 'I see 40 V as well' })
    for (const person of [ann, eve]) await person.post(`/entries/${one.id}/read`)
    await settled()
    const lists = { [`corrections/${one.id}`]: `/entries/${one.id}/corrections?limit=100` }
    const same = (command: () => Promise<unknown>) => equal([ann, bob, eve], { spaces: [team.id], threads: [one.id, other.id], lists }, command, ['inbox', 'corrections/'])
    await same(() => bob.post(`/entries/${one.id}/corrections`, { wrong: '40 V', right: '48 V', body: 'It runs at 48 V' }))
    await same(() => ann.post(`/entries/${one.id}/corrections`, { wrong: 'It', right: 'Line 4' }))
    await same(() => ann.post(`/entries/${one.id}/read`))
    await same(() => ann.put(`/entries/${reply.id}/retraction`, { reason: 'I looked at line 3' }))
    await same(() => ann.patch('/me', { name: 'Anna' }))
    await same(() => ann.del(`/entries/${reply.id}/retraction`))
  },
})

// ---- what happens at once ---------------------------------------------------------------------------------------------

const takenBack = async ({ question: { id } }: Ground, { bob }: People) => void (await bob.put(`/entries/${id}/retraction`, { reason: 'x' }))
const question = { entry: ({ question: it }: Ground) => it }
const of = (path: string) => ({ question: { id } }: Ground) => `/entries/${id}${path}`
Object.assign(COMMANDS, {
  'POST /entries/:id/corrections': { at: of('/corrections'), body: () => ({ wrong: 'x', right: 'y', body: 'y' }), ...question },
  'PUT /entries/:id/retraction': { at: of('/retraction'), body: () => ({ reason: 'It was wrong' }), ...question },
  'DELETE /entries/:id/retraction': { at: of('/retraction'), before: takenBack, ...question },
})

import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import { QUERIES } from '../metamorphic-views.ts'
import type { Entry, Oracle, Person } from '../oracle.ts'
import { COMMANDS, type Ground, ofOwn, own, type People } from '../race-commands.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Known = { stage: 'new' | 'discussed' | 'declined'; supporters: Set<string>; offered: string | null }
const known = new WeakMap<Oracle, Map<string, Known>>()
const ideasOf = (oracle: Oracle) => known.get(oracle) ?? known.set(oracle, new Map()).get(oracle)!
const all = (oracle: Oracle) => [...oracle.entries.values()].filter(({ kind }) => kind === 'idea')
const isOpen = (oracle: Oracle, { id }: Entry) => ideasOf(oracle).get(id)!.stage !== 'declined'
const left = (oracle: Oracle, person: Person, space: string) =>
  10 - all(oracle).filter((idea) => idea.space === space && idea.published && isOpen(oracle, idea) && ideasOf(oracle).get(idea.id)!.supporters.has(person.id)).length

// ---- what one does with them -----------------------------------------------------------------------------------------

const fresh = (id: string, space: string, author: string, title: string, body: string) =>
  ({ ...blank, id, space, root: null, parent: null, author, title, body, old: [], topics: [], mentions: new Set<string>(), reactions: new Map(), files: [] })

const propose = move('propose', 4, async ({ actor, space, world, oracle, say }) => {
  const [title, body] = [world.canary('t'), world.canary('b')]
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { kind: 'idea', title, body })
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind !== 'community' ? 422 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} proposes in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`proposes ${body} in ${space.name}`)
  oracle.write({ ...fresh(json.id, space.id, actor.id, title, body), kind: 'idea' }, [])
  ideasOf(oracle).set(json.id, { stage: 'new', supporters: new Set(), offered: null })
  world.told('entry.published', json.id, space)
})

const support = move('support', 5, async ({ actor, entry, flag, world, oracle, say }) => {
  const idea = flag % 5 ? pick(all(oracle), flag + (entry?.at ?? 0)) : entry
  if (!idea) return
  const [space, removes, facts] = [oracle.spaceOf(idea), flag % 4 === 3, ideasOf(oracle).get(idea.id)]
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${idea.id}/support`)
  const has = !!facts?.supporters.has(actor.id)
  const expected = !oracle.mayOpen(actor, idea) ? 404 : !facts || !idea.published ? 422 : !oracle.mayPost(actor, space) ? 403
    : removes !== has ? 200 : !isOpen(oracle, idea) || (!removes && left(oracle, actor, space.id) <= 0) ? 409 : 200
  world.expect(status === expected, `${actor.name} ${removes ? 'supports no longer' : 'supports'} ${world.nameOf(idea.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  if (removes === has) world.told('idea.supported', idea.id, space)
  facts!.supporters[removes ? 'delete' : 'add'](actor.id)
  say(`${removes ? 'supports no longer' : 'supports'} ${world.nameOf(idea.id)}`)
})

const step = move('take a step', 3, async ({ actor: somebody, entry, flag, world, oracle, say }) => {
  const idea = pick(all(oracle), flag + (entry?.at ?? 0))
  if (!idea) return
  const owner = oracle.people.get(idea.author)!
  const actor = flag % 2 && owner.active ? owner : somebody
  const [space, facts, stage, body] = [oracle.spaceOf(idea), ideasOf(oracle).get(idea.id)!, flag % 3 ? 'discussed' as const : 'declined' as const, world.canary('r')]
  const { status } = await world.call(actor, 'POST', `/entries/${idea.id}/stage`, { stage, reason: body })
  const isEnd = facts.stage === 'declined' || stage === 'declined'
  const may = !space.archived && (oracle.mayManage(actor, space) || (idea.author === actor.id && !isEnd))
  const expected = !oracle.mayOpen(actor, idea) ? 404 : !idea.published ? 422 : !may ? 403 : facts.stage === stage ? 409 : 200
  world.expect(status === expected, `${actor.name} takes ${world.nameOf(idea.id)} from ${facts.stage} to ${stage}: ${status}, not ${expected}`)
  if (status !== 200) return
  facts.stage = stage
  const { json } = await world.call(actor, 'GET', `/entries/${idea.id}/steps?limit=1`)
  say(`takes ${world.nameOf(idea.id)} to ${stage}: ${body}`)
  const line: Entry = { ...fresh(json.items[0].id, space.id, actor.id, '', body), kind: 'idea_step', root: idea.id, parent: idea.id }
  oracle.write(line, [])
  world.told('entry.published', line.id, space)
  world.told('idea.changed', idea.id, space)
  for (const id of new Set([idea.author, ...facts.supporters]))
    if (id !== actor.id && oracle.mayOpen(oracle.people.get(id)!, line) && !oracle.mutes({ id }, line)) oracle.note(`told:${id}`, line.id)
})

const offer = move('hand over', 2, async ({ actor: somebody, entry, other, flag, world, oracle, say }) => {
  const idea = pick(all(oracle), flag + (entry?.at ?? 0))
  if (!idea) return
  const owner = oracle.people.get(idea.author)!
  const actor = flag % 2 && owner.active ? owner : somebody
  const [space, facts] = [oracle.spaceOf(idea), ideasOf(oracle).get(idea.id)!]
  const { status } = await world.call(actor, 'PUT', `/entries/${idea.id}/offer`, { person: other.id })
  const may = !space.archived && (oracle.mayManage(actor, space) || idea.author === actor.id)
  const able = other.active && oracle.mayRead(other, space) && other.id !== idea.author && oracle.mayKnowPerson(actor, other)
  const expected = !oracle.mayOpen(actor, idea) ? 404 : !idea.published ? 422 : !may ? 403 : facts.stage === 'declined' ? 409 : able ? 200 : 422
  world.expect(status === expected, `${actor.name} hands ${world.nameOf(idea.id)} over to ${other.name}: ${status}, not ${expected}`)
  if (status !== 200) return
  facts.offered = other.id
  world.told('idea.changed', idea.id, space)
  say(`hands ${world.nameOf(idea.id)} over to ${other.name}`)
})

moves.push(propose, support, step, offer)

looks.push(async (r) => {
  const { oracle, person } = r
  const facts = ideasOf(oracle)
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      for (const what of ['ideas', 'voices']) await r.open(`/spaces/:id/${what}`, space.id, false)
      continue
    }
    const here = all(oracle).filter((idea) => idea.space === space.id && idea.published)
    const rows = await r.list('/spaces/:id/ideas', `/spaces/${space.id}/ideas`, '&order=age')
    r.same(`what is proposed in ${space.name}`, rows.map(({ id }) => id), here.map(({ id }) => id))
    r.equal(`voices in ${space.name}`, (await r.open('/spaces/:id/voices', space.id, true))?.left, left(oracle, person, space.id))
    for (const { id, idea } of rows) {
      const { stage, supporters } = facts.get(id)!
      r.equal(`where ${r.world.nameOf(id)} stands`, [idea.stage, idea.support, idea.supported], [stage, supporters.size, supporters.has(person.id)])
      const shown = await r.list('/entries/:id/supporters', `/entries/${id}/supporters`)
      r.same(`who supports ${r.world.nameOf(id)}`, shown.map((one) => one.id), [...supporters].filter((one) => oracle.mayMeet(person, space, one)))
    }
  }
  const waiting = (await r.list('/waiting')).filter(({ kind }) => kind === 'idea_offered')
  r.same('ideas that one is asked to carry on', waiting.map(({ id }) => id),
    all(oracle).filter((idea) => idea.published && facts.get(idea.id)!.offered === person.id && !oracle.spaceOf(idea).archived && oracle.mayRead(person, oracle.spaceOf(idea))).map(({ id }) => id))
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

QUERIES['/spaces/:id/ideas'] = () => ['', 'order=age', 'stage=new', 'stage=merged', `q=${SHARED}`]

moreDeeds.push(({ ann, bob, closed, secret, privy }, { pick: choose, keep, words }) => ({
  propose: async () => {
    const space = choose([closed, secret])
    const suggest = async (by: Client, more: object = {}): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'idea', title: `${SECRET} ${SHARED}`, body: words(), ...more })
    const first = keep(await suggest(ann), ann, space)
    const second = keep(await suggest(bob), bob, space)
    await suggest(bob, { from: privy[space === closed ? 0 : 1].id })
    for (const one of [first, second]) for (const who of [ann, bob]) await who.put(`/entries/${one.id}/support`)
    await ann.post(`/entries/${first.id}/stage`, { stage: 'trial', measured: SECRET, until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), reason: words() })
    await ann.put(`/entries/${first.id}/offer`, { person: bob.id })
    await choose([() => bob.put(`/entries/${first.id}/owner`), () => bob.del(`/entries/${first.id}/offer`), async () => {}])()
    await choose([() => ann.post(`/entries/${first.id}/stage`, { stage: 'adopted', measured: SECRET }), () => ann.put(`/entries/${second.id}/merged_into`, { into: first.id })])()
    await ann.del(`/entries/${second.id}/merged_into`)
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'ideas, their voices and stages, and who carries them on',
  play: async ({ ann, bob, eve, team, settled, host }, equal) => {
    const propose = (by: Client, title: string, more: object = {}): Promise<Json> => by.post(`/spaces/${team.id}/entries`, { kind: 'idea', title, ...more })
    const [shelf, roof] = [await propose(bob, 'A shelf at each line'), await propose(ann, 'A roof for bikes')]
    await eve.put(`/entries/${roof.id}/support`)
    await settled()
    const at = (stage: string, order: string) => [`ideas/${team.id}/${stage}/${order}/`, `/spaces/${team.id}/ideas?limit=100&order=${order}${stage === 'all' ? '' : `&stage=${stage}`}`]
    const lists = Object.fromEntries([at('all', 'support'), at('all', 'age'), ...['new', 'discussed', 'trial', 'adopted', 'declined'].map((stage) => at(stage, 'support'))])
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([eve, ann, bob], { spaces: [team.id], threads: [shelf.id, roof.id], lists }, command, asks)
    const step = (by: Client, idea: Json, stage: string, more: object = {}) => same(() => by.post(`/entries/${idea.id}/stage`, { stage, reason: 'Because', ...more }), ['ideas/', 'inbox', 'unread', 'home/unread'])
    const everything = ['ideas/', 'thread/', 'entry/', 'entries/', 'home/', 'inbox', 'unread']
    await same(() => propose(eve, 'Soup at night'))
    await same(() => eve.put(`/entries/${shelf.id}/support`))
    await same(() => bob.put(`/entries/${shelf.id}/support`))
    await same(() => bob.del(`/entries/${shelf.id}/support`))
    await same(() => eve.post(`/entries/${shelf.id}/replies`, { body: 'Which line?' }), ['inbox', 'unread', 'home/unread'])
    await step(bob, shelf, 'discussed')
    await step(bob, shelf, 'trial', { measured: 'Steps', until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) })
    await same(() => bob.put(`/entries/${shelf.id}/offer`, { person: eve.id }))
    await same(() => eve.put(`/entries/${shelf.id}/owner`), ['inbox', 'unread', 'home/unread'])
    await same(() => eve.patch('/me', { name: 'Eva' }), ['inbox'])
    await same(() => ann.put(`/entries/${roof.id}/merged_into`, { into: shelf.id }), everything)
    await same(() => ann.del(`/entries/${roof.id}/merged_into`), everything)
    await step(ann, shelf, 'adopted', { measured: '400 steps less' })
    await host.db.updateTable('ideas').set({ ask_at: new Date(Date.now() - 60_000).toISOString() }).where('entry_id', '=', shelf.id).execute()
    await same(() => eve.put(`/entries/${shelf.id}/verdict`, { worked: 'yes', words: 'Every day' }), ['inbox', 'unread', 'home/unread'])
    const [last] = (await ann.get(`/entries/${shelf.id}/steps`)).items
    await same(() => ann.del(`/entries/${last.id}`), everything)
    await same(() => bob.del(`/entries/${shelf.id}`), everything)
  },
})

// ---- what happens at once ---------------------------------------------------------------------------------------------

const suggest = (by: Client, { space }: Ground, title: string): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'idea', title })
const proposed = async (ground: Ground, { bob }: People) => void (ground.own = await suggest(bob, ground, 'A shelf'))
const supported = async (ground: Ground, people: People) => {
  await proposed(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/support`)
}
const two = async (ground: Ground, people: People) => {
  await supported(ground, people)
  ground.own!.other = (await suggest(people.ann, ground, 'Two shelves')).id
}
const merged = async (ground: Ground, people: People) => {
  await two(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/merged_into`, { into: ground.own!.other })
}
const offered = async (ground: Ground, people: People) => {
  await proposed(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/offer`, { person: people.ann.id })
}
const offeredToBob = async (ground: Ground, { ann, bob }: People) => {
  ground.own = await suggest(ann, ground, 'A shelf')
  await ann.put(`/entries/${ground.own!.id}/offer`, { person: bob.id })
}
const adopted = async (ground: Ground, people: People) => {
  await proposed(ground, people)
  await people.ann.post(`/entries/${ground.own!.id}/stage`, { stage: 'adopted' })
  await people.host.db.updateTable('ideas').set({ ask_at: new Date(Date.now() - 60_000).toISOString() }).where('entry_id', '=', ground.own!.id).execute()
}
Object.assign(COMMANDS, {
  'PUT /entries/:id/support': { at: ofOwn('/support'), before: proposed, ...own },
  'DELETE /entries/:id/support': { at: ofOwn('/support'), before: supported, ...own },
  'POST /entries/:id/stage': { at: ofOwn('/stage'), body: () => ({ stage: 'discussed', reason: 'Why not' }), before: proposed, ...own },
  'PUT /entries/:id/merged_into': { at: ofOwn('/merged_into'), body: ({ own: it }: Ground) => ({ into: it!.other }), before: two, ...own },
  'DELETE /entries/:id/merged_into': { at: ofOwn('/merged_into'), before: merged, byHost: true, ...own },
  'PUT /entries/:id/offer': { at: ofOwn('/offer'), body: (_: Ground, { ann }: People) => ({ person: ann.id }), before: proposed, ...own },
  'DELETE /entries/:id/offer': { at: ofOwn('/offer'), before: offered, ...own },
  'PUT /entries/:id/owner': { at: ofOwn('/owner'), before: offeredToBob, ...own },
  'PUT /entries/:id/verdict': { at: ofOwn('/verdict'), body: () => ({ worked: 'yes' }), before: adopted, ...own },
})

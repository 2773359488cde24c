import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import { QUERIES } from '../metamorphic-views.ts'
import type { Entry, Oracle } from '../oracle.ts'
import { COMMANDS, type Ground, inSpace, ofOwn, own, type People } from '../race-commands.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Known = { about: string; confirmed: Set<string> }
const known = new WeakMap<Oracle, Map<string, Known>>()
const factsOf = (oracle: Oracle) => known.get(oracle) ?? known.set(oracle, new Map()).get(oracle)!
const published = (oracle: Oracle) => [...oracle.entries.values()].filter((entry) => entry.kind === 'fact' && entry.published)

// ---- what one does with them -----------------------------------------------------------------------------------------

const state = move('say what is so', 5, async ({ actor, space, flag, world, oracle, say }) => {
  const [title, body] = [world.canary('t'), world.canary('b')]
  const other = flag % 3 ? pick(published(oracle), flag) : undefined
  const how = flag % 2 ? 'contradicts' : 'supersedes'
  const about = other ? factsOf(oracle).get(other.id)!.about : ['soup', 'bread'][flag % 2]
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { kind: 'fact', title, body, ...(other ? { [how]: other.id } : { subject: about }) })
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind === 'direct' ? 422 : !oracle.mayPost(actor, space) ? 403
    : other && !oracle.mayOpen(actor, other) ? 404 : other && other.space !== space.id ? 422 : 201
  world.expect(status === expected, `${actor.name} says what is so in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`says ${body} in ${space.name}${other ? `, which ${how} ${world.nameOf(other.id)}` : ''}`)
  const entry: Entry = {
    ...blank, id: json.id, space: space.id, root: null, parent: null, author: actor.id, kind: 'fact', title, body, old: [], topics: [],
    mentions: new Set(), reactions: new Map(), files: [],
  }
  oracle.write(entry, [])
  const facts = factsOf(oracle)
  facts.set(entry.id, { about, confirmed: new Set() })
  world.told('entry.published', json.id, space)
  if (!other) return
  world.told('fact.settled', other.id, space)
  for (const id of new Set([other.author, ...facts.get(other.id)!.confirmed]))
    if (id !== actor.id && oracle.mayOpen(oracle.people.get(id)!, entry)) oracle.note(`told:${id}`, entry.id)
})

const confirm = move('confirm', 5, async ({ actor, entry, flag, world, oracle, say }) => {
  const fact = flag % 5 ? pick([...oracle.entries.values()].filter(({ kind }) => kind === 'fact'), flag + (entry?.at ?? 0)) : entry
  if (!fact) return
  const [space, removes] = [oracle.spaceOf(fact), flag % 4 === 3]
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${fact.id}/confirmation`, removes ? undefined : {})
  const expected = !oracle.mayOpen(actor, fact) ? 404 : fact.kind !== 'fact' || !fact.published ? 422 : oracle.mayReply(actor, space) ? 200 : 403
  world.expect(status === expected, `${actor.name} ${removes ? 'takes back a confirmation of' : 'confirms'} ${world.nameOf(fact.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  const { confirmed } = factsOf(oracle).get(fact.id)!
  if (!removes || confirmed.has(actor.id)) world.told('fact.confirmed', fact.id, space)
  confirmed[removes ? 'delete' : 'add'](actor.id)
  say(`${removes ? 'takes back a confirmation of' : 'confirms'} ${world.nameOf(fact.id)}`)
})

moves.push(state, confirm)

looks.push(async (r) => {
  const { oracle, person } = r
  const facts = factsOf(oracle)
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      await r.open('/spaces/:id/facts', space.id, false)
      continue
    }
    const here = published(oracle).filter((fact) => fact.space === space.id)
    const rows = await r.list('/spaces/:id/facts', `/spaces/${space.id}/facts`)
    r.equal(`what is known in ${space.name}`, rows.map(({ about }) => about).toSorted(), [...new Set(here.map(({ id }) => facts.get(id)!.about))].toSorted())
    for (const { about, sides } of rows) for (const { fact, claim, seen_by } of sides) {
      r.equal(`a side of ${about} in ${space.name}`, claim, here.find(({ id }) => id === fact && facts.get(id)!.about === about)?.title)
      if (!seen_by && person.role !== 'guest') r.fault(`nobody saw ${r.world.nameOf(fact)}`)
    }
    for (const { id, author } of here) {
      const shown = (await r.open('/entries/:id', id, true))?.fact
      const { confirmed } = facts.get(id)!
      r.equal(`the confirmations of ${r.world.nameOf(id)}`, [shown?.confirmations, !!shown?.mine], [[...confirmed].filter((one) => one !== author).length, confirmed.has(person.id)])
    }
  }
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

QUERIES['/spaces/:id/facts'] = () => ['', 'state=holds', 'state=disputed', 'state=stale', `q=${SHARED}`]

moreDeeds.push(({ ann, bob, closed, secret }, { pick: choose, keep, words }) => ({
  'say what is so': async () => {
    const space = choose([closed, secret])
    const say = (by: Client, more: object): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'fact', title: `${SECRET} ${SHARED} ${words()} ${by === ann ? 'so' : 'otherwise'}`, subject: SHARED, ...more })
    const first = keep(await say(ann, { body: words() }), ann, space)
    await bob.put(`/entries/${first.id}/confirmation`)
    const second = keep(await say(bob, choose([{ contradicts: first.id }, { supersedes: first.id }, {}])), bob, space)
    await ann.put(`/entries/${second.id}/confirmation`)
    await ann.put(`/spaces/${space.id}/facts/position`, { to: first.id })
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'facts, what holds of their subjects, and a link to one',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    const hours = (n: number) => new Date(Date.now() - n * 3_600_000).toISOString()
    const say = (by: Client, title: string, more: object = {}): Promise<Json> => by.post(`/spaces/${team.id}/entries`, { kind: 'fact', title, ...more })
    const soup = await say(ann, 'There is soup', { subject: 'Lunch', seen_at: hours(9) })
    const door = await say(bob, 'The door is shut', { place: 'East', seen_at: hours(5), valid_until: hours(1) })
    await settled()
    const lists = Object.fromEntries(['all', 'disputed', 'stale'].map((which) => [`facts/${team.id}/${which}/`, `/spaces/${team.id}/facts?limit=100${which === 'all' ? '' : `&state=${which}`}`]))
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([eve, ann], { spaces: [team.id], threads: [soup.id], lists }, command, asks)
    await same(() => bob.put(`/entries/${soup.id}/confirmation`, { seen_at: hours(8) }))
    await same(() => eve.put(`/entries/${door.id}/confirmation`))
    let salad: Json
    await same(async () => (salad = await say(bob, 'There is salad', { contradicts: soup.id, seen_at: hours(7) })), ['inbox'])
    await same(() => eve.put(`/entries/${salad.id}/confirmation`, { seen_at: hours(6) }))
    await same(() => eve.del(`/entries/${salad.id}/confirmation`))
    let bread: Json
    await same(async () => (bread = await say(eve, 'There is bread', { supersedes: soup.id })), ['inbox'])
    await same(() => bob.patch(`/entries/${salad.id}`, { title: 'There is a salad' }))
    await same(() => eve.del(`/entries/${bread.id}`), ['inbox', 'unread', 'home/', 'entries/'])
    await same(() => eve.post(`/entries/${bread.id}/restore`), ['inbox', 'unread', 'home/', 'entries/'])
    await same(() => bob.del(`/entries/${door.id}`), ['inbox', 'unread', 'home/', 'entries/', 'thread/'])
    await same(() => ann.patch('/me', { name: 'Anna' }), ['inbox'])
  },
})

const said = async (ground: Ground, { ann }: People) => void (ground.own = await ann.post(`/spaces/${ground.space.id}/entries`, { kind: 'fact', title: 'The soup is hot' }))
const confirmed = async (ground: Ground, people: People) => {
  await said(ground, people)
  await people.bob.put(`/entries/${ground.own!.id}/confirmation`, {})
}
Object.assign(COMMANDS, {
  'PUT /spaces/:id/facts/position': { at: inSpace('/facts/position'), body: ({ space }: Ground) => ({ to: space.id }), isOwn: true },
  'PUT /entries/:id/confirmation': { at: ofOwn('/confirmation'), body: () => ({}), before: said, ...own },
  'DELETE /entries/:id/confirmation': { at: ofOwn('/confirmation'), before: confirmed, ...own },
  'POST /entries/:id/contradictions': { at: ofOwn('/contradictions'), body: () => ({ title: 'It is cold' }), before: said, ...own },
  'POST /entries/:id/successors': { at: ofOwn('/successors'), body: () => ({ title: 'It has become cold' }), before: said, ...own },
})

import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds } from '../metamorphic-stage.ts'
import type { Oracle } from '../oracle.ts'
import { move, moves } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- what one does with threads --------------------------------------------------------------------------------------

const takeStance = move('take a stance', 4, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const stance = (['followed', 'muted', null] as const)[flag % 3]
  const { status } = await world.call(actor, 'PUT', `/entries/${entry.id}/stance`, { stance })
  world.expect(status === (oracle.mayOpen(actor, entry) ? 200 : 404), `${actor.name} says ${stance} of ${world.nameOf(entry.id)}: ${status}`)
  if (status !== 200) return
  const mine = oracle.stances.get(actor.id) ?? oracle.stances.set(actor.id, new Map()).get(actor.id)!
  const root = entry.root ?? entry.id
  if (stance) mine.set(root, stance)
  else mine.delete(root)
  say(`says ${stance} of the thread of ${world.nameOf(entry.id)}`)
})

const done = new WeakMap<Oracle, Map<string, string>>()
const doneIn = (oracle: Oracle) => done.get(oracle) ?? done.set(oracle, new Map()).get(oracle)!

const resolve = move('resolve', 3, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const [space, removes] = [oracle.spaceOf(entry), flag % 3 === 2]
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${entry.id}/resolved`)
  const may = entry.published && !space.archived && (entry.author === actor.id || oracle.mayManage(actor, space))
  const expected = !oracle.mayOpen(actor, entry) ? 404 : entry.root ? 422 : may ? 200 : 403
  world.expect(status === expected, `${actor.name} resolves ${world.nameOf(entry.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  const was = doneIn(oracle).has(entry.id)
  if (was === removes) world.told('thread.resolved', entry.id, space)
  if (removes) doneIn(oracle).delete(entry.id)
  else if (!was) doneIn(oracle).set(entry.id, actor.id)
  say(`${removes ? 'reopens' : 'resolves'} ${world.nameOf(entry.id)}`)
})

const mute = move('mute a space', 3, async ({ actor, space, flag, world, oracle, say }) => {
  const takesBack = flag % 3 === 2
  const { status } = await world.call(actor, takesBack ? 'DELETE' : 'PUT', `/spaces/${space.id}/muting`)
  const expected = !oracle.mayRead(actor, space) ? 404 : oracle.isMember(actor, space) ? 200 : 403
  world.expect(status === expected, `${actor.name} mutes ${space.name}: ${status}, not ${expected}`)
  if (status !== 200) return
  const mine = oracle.mutings.get(actor.id) ?? oracle.mutings.set(actor.id, new Set()).get(actor.id)!
  if (takesBack) mine.delete(space.id)
  else mine.add(space.id)
  say(`${takesBack ? 'hears again of' : 'mutes'} ${space.name}`)
})

moves.push(takeStance, resolve, mute)

looks.push(async (r) => {
  const { oracle, person, world } = r
  const mine = oracle.stances.get(person.id) ?? new Map()
  const { json } = await r.get('/unread', '/unread')
  r.same('which spaces one muted', json.muted_spaces, [...(oracle.mutings.get(person.id) ?? [])].filter((id) => oracle.mayRead(person, oracle.spaces.get(id)!)))
  r.same('what one muted', json.muted, [...mine].filter(([id, stance]) => stance === 'muted' && oracle.mayOpen(person, oracle.entries.get(id)!)).map(([id]) => id))
  const heads = [...oracle.entries.values()].filter((entry) => !entry.root && entry.published && oracle.mayOpen(person, entry) && (mine.has(entry.id) || doneIn(oracle).has(entry.id)))
  for (const head of heads.slice(0, 6)) {
    const found = await r.open('/entries/:id', head.id, true)
    const by = doneIn(oracle).get(head.id)
    const known = by && oracle.mayMeet(person, oracle.spaceOf(head), by) ? by : undefined
    r.equal(`how ${world.nameOf(head.id)} stands`, [found!.stance, !!found!.resolved, found!.resolved?.by?.id], [mine.get(head.id) ?? null, !!by, known])
  }
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

moreDeeds.push(({ ann, bob, privy }, { pick: choose }) => ({
  mute: async () => {
    const { space } = choose(privy)
    for (const person of [ann, bob]) await (choose([true, false]) ? person.put(`/spaces/${space}/muting`) : person.del(`/spaces/${space}/muting`))
  },
  stand: async () => {
    const { id } = choose(privy)
    for (const person of [ann, bob]) await person.put(`/entries/${id}/stance`, { stance: choose(['followed', 'muted', null]) })
    await ann.put(`/entries/${id}/resolved`)
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'threads that are followed, muted, and done',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    const post = (by: Client, body: string): Promise<Json> => by.post(`/spaces/${team.id}/entries`, { body })
    const [root, other] = [await post(ann, 'Soup?'), await post(bob, 'Salad?')]
    for (const by of [bob, ann]) await by.post(`/entries/${root.id}/replies`, { body: 'Yes' })
    await settled()
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([ann, bob, eve], { spaces: [team.id], threads: [root.id, other.id] }, command, asks)
    const lists = ['home', 'entries', 'inbox']
    await same(() => bob.put(`/entries/${other.id}/stance`, { stance: 'followed' }), lists)
    await same(() => ann.put(`/entries/${root.id}/stance`, { stance: 'muted' }), lists)
    await same(() => bob.post(`/entries/${root.id}/replies`, { body: 'Soup, then' }), ['inbox', 'unread', 'home/unread'])
    await same(() => eve.post(`/entries/${root.id}/replies`, { body: `Salad, @${ann.handle}` }), ['inbox', 'unread', 'home/unread'])
    await same(() => ann.put(`/entries/${root.id}/resolved`))
    await same(() => ann.patch('/me', { name: 'Anna' }))
    await same(() => ann.put(`/entries/${root.id}/stance`, { stance: null }), lists)
    await same(() => ann.del(`/entries/${root.id}/resolved`))
  },
})

equalities.push({
  name: 'a space that one mutes',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    await bob.post(`/spaces/${team.id}/join`)
    const root: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'Soup?' })
    const talk: Json = await ann.post('/conversations', { people: [bob.id] })
    await ann.post(`/entries/${root.id}/replies`, { body: `Or salad, @${bob.handle}?` })
    await settled()
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([bob, ann, eve], { spaces: [team.id, talk.id], threads: [root.id] }, command, asks)
    const lists = ['home', 'entries', 'inbox']
    await same(() => bob.put(`/spaces/${team.id}/muting`), lists)
    await same(() => bob.put(`/spaces/${talk.id}/muting`), lists)
    await same(() => ann.post(`/spaces/${talk.id}/entries`, { body: 'psst' }))
    await same(() => ann.post(`/spaces/${team.id}/entries`, { body: 'News' }))
    await same(() => ann.post(`/entries/${root.id}/replies`, { body: 'Both' }), ['inbox', 'unread', 'home/unread'])
    await same(() => eve.post(`/entries/${root.id}/replies`, { body: `Well, @${bob.handle}` }), ['inbox', 'unread', 'home/unread'])
    await same(() => bob.post(`/entries/${root.id}/read`), lists)
    await same(() => bob.del(`/spaces/${team.id}/muting`), lists)
    await same(() => ann.post(`/spaces/${team.id}/entries`, { body: 'More news' }))
  },
})

import type { Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds } from '../metamorphic-stage.ts'
import type { Oracle } from '../oracle.ts'
import { move, moves } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- what is pinned, and by whom -----------------------------------------------------------------------------------------

const pinned = new WeakMap<Oracle, Map<string, string>>()
const pinsOf = (oracle: Oracle) => pinned.get(oracle) ?? pinned.set(oracle, new Map()).get(oracle)!

moves.push(move('pin', 4, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const [space, removes, pins] = [oracle.spaceOf(entry), flag % 3 === 2, pinsOf(oracle)]
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${entry.id}/pinned`)
  const shown = entry.published ? pins.get(entry.id) : undefined
  const known = shown && oracle.mayMeet(actor, space, shown) ? shown : undefined
  const may = removes ? !space.archived && (known === actor.id || oracle.mayManage(actor, space)) : entry.published && oracle.isMember(actor, space) && oracle.mayPost(actor, space)
  const expected = !oracle.mayOpen(actor, entry) ? 404 : may ? 200 : 403
  world.expect(status === expected, `${actor.name} ${removes ? 'takes down' : 'pins'} ${world.nameOf(entry.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  if (pins.has(entry.id) === removes) world.told('entry.pinned', entry.id, space)
  if (removes) pins.delete(entry.id)
  else if (!pins.has(entry.id)) pins.set(entry.id, actor.id)
  say(`${removes ? 'takes down' : 'pins'} ${world.nameOf(entry.id)}`)
}))

looks.push(async (r) => {
  const { oracle, person } = r
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      await r.open('/spaces/:id/pins', space.id, false)
      continue
    }
    const items = await r.list('/spaces/:id/pins', `/spaces/${space.id}/pins`)
    const wanted = [...pinsOf(oracle)].filter(([id]) => oracle.entries.get(id)!.space === space.id && oracle.entries.get(id)!.published)
    r.same(`what is pinned in ${space.name}`, items.map(({ id, pinned: { by } }) => `${id} ${by}`), wanted.map(([id, by]) => `${id} ${oracle.mayMeet(person, space, by) ? by : null}`))
  }
})

moreDeeds.push(({ ann, bob, privy }, { pick: choose }) => ({
  pin: async () => {
    const { id } = choose(privy)
    await choose([ann, bob]).put(`/entries/${id}/pinned`)
    if (choose([true, false])) await ann.del(`/entries/${id}/pinned`)
  },
}))

equalities.push({
  name: 'what is pinned in a space',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    const one: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'Soup' })
    const reply: Json = await bob.post(`/entries/${one.id}/replies`, { body: 'Salad' })
    await bob.put(`/entries/${one.id}/pinned`)
    await settled()
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([bob, ann, eve], { spaces: [team.id], threads: [one.id], lists: { [`pins/${team.id}`]: `/spaces/${team.id}/pins?limit=100` } }, command, asks)
    await same(() => ann.put(`/entries/${reply.id}/pinned`), ['pins'])
    await same(() => bob.patch(`/entries/${reply.id}`, { body: 'Salad, then' }))
    await same(() => bob.del(`/entries/${one.id}/pinned`))
    await same(() => bob.del(`/entries/${reply.id}`), ['inbox', 'unread', 'home', 'entries', 'conversations'])
  },
})

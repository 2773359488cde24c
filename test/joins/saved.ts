import type { Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds } from '../metamorphic-stage.ts'
import type { Oracle } from '../oracle.ts'
import { move, moves } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// ---- what one keeps for later ------------------------------------------------------------------------------------------

const kept = new WeakMap<Oracle, Map<string, Set<string>>>()
const keptBy = (oracle: Oracle, id: string) => {
  const all = kept.get(oracle) ?? kept.set(oracle, new Map()).get(oracle)!
  return all.get(id) ?? all.set(id, new Set()).get(id)!
}

moves.push(move('save', 4, async ({ actor, entry, flag, world, oracle, say }) => {
  if (!entry) return
  const removes = flag % 4 === 3
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${entry.id}/saved`, removes ? undefined : { remind_at: flag % 2 ? new Date().toISOString() : null })
  const expected = removes ? 204 : !oracle.mayOpen(actor, entry) ? 404 : entry.published ? 200 : 409
  world.expect(status === expected, `${actor.name} saves ${world.nameOf(entry.id)}: ${status}, not ${expected}`)
  if (status >= 300) return
  if (removes) keptBy(oracle, actor.id).delete(entry.id)
  else keptBy(oracle, actor.id).add(entry.id)
  say(`${removes ? 'is done with' : 'saves'} ${world.nameOf(entry.id)}`)
}))

looks.push(async (r) => {
  const { oracle, person } = r
  const mine = [...keptBy(oracle, person.id)].map((id) => oracle.entries.get(id)!).filter((entry) => entry.published && oracle.mayOpen(person, entry))
  const items = await r.list('/saved')
  r.same('/saved', items.map(({ id }) => id), mine.map(({ id }) => id))
})

moreDeeds.push(({ ann, bob, privy }, { pick: choose }) => ({
  save: async () => {
    for (const person of [ann, bob]) await person.put(`/entries/${choose(privy).id}/saved`, { remind_at: choose([null, new Date().toISOString()]) })
  },
}))

equalities.push({
  name: 'what one keeps for later',
  play: async ({ ann, bob, team, settled }, equal) => {
    const [one, two]: Json[] = [await ann.post(`/spaces/${team.id}/entries`, { body: 'Soup' }), await ann.post(`/spaces/${team.id}/entries`, { body: 'Salad' })]
    await bob.put(`/entries/${one.id}/saved`, {})
    await settled()
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([bob, ann], { spaces: [team.id], threads: [one.id, two.id], lists: { saved: '/saved?limit=100' } }, command, asks)
    await same(() => bob.put(`/entries/${two.id}/saved`, {}), ['saved'])
    await same(() => ann.patch(`/entries/${two.id}`, { body: 'Salad, then' }))
    await same(() => bob.del(`/entries/${one.id}/saved`))
    await same(() => ann.del(`/entries/${two.id}`), ['inbox', 'unread', 'home', 'entries'])
  },
})

import { moreDeeds, SECRET } from '../metamorphic-stage.ts'
import { move, moves } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'

// What somebody has sent later is theirs alone until then, also where they cannot read any more.

const soon = () => new Date(Date.now() + 86_400_000).toISOString()

moves.push(move('schedule', 3, async ({ actor, space, flag, world, oracle, say }) => {
  const [old] = [...oracle.scheduled].filter(([, { person }]) => person === actor.id)
  if (old && flag % 3 === 2) {
    const { status } = await world.call(actor, 'DELETE', `/scheduled/${old[0]}`)
    world.expect(status === 204, `${actor.name} withdraws something: ${status}`)
    return void oracle.scheduled.delete(old[0])
  }
  const body = world.canary('l')
  const { status, json } = await world.call(actor, 'POST', '/scheduled', { space: space.id, send_at: soon(), words: { body } })
  const expected = !oracle.mayRead(actor, space) ? 404 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} schedules something in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  oracle.scheduled.set(json.id, { person: actor.id, body })
  say(`schedules ${body} in ${space.name}`)
}))

looks.push(async (r) => {
  const { oracle, person, world } = r
  const items = await r.list('/scheduled')
  r.same('/scheduled', items.map(({ id }) => world.nameOf(id)), [...oracle.scheduled].filter(([, one]) => one.person === person.id).map(([id]) => world.nameOf(id)))
})

moreDeeds.push(({ ann, bob, closed, secret, privy }, { pick: choose }) => ({
  schedule: async () => {
    const by = choose([ann, bob])
    const { id } = await by.post('/scheduled', { space: choose([closed, secret]).id, send_at: soon(), words: { body: SECRET } })
    await by.post('/scheduled', { space: choose(privy).space, send_at: soon(), words: { body: SECRET } })
    if (choose([true, false])) await by.del(`/scheduled/${id}`)
  },
}))

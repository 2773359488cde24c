import type { Person, Space } from './oracle.ts'
import { say } from './visibility-moves.ts'
import type { World } from './visibility-world.ts'

type Visibility = 'open' | 'closed' | 'secret'

/**
 * What every world begins with: something to read for some and not for others, and for some not any more. A check that
 * is missing on a surface shows after it, without luck.
 */
export async function prelude(world: World): Promise<void> {
  const { oracle } = world
  const [adam, ann, bob, cara, dora, gina, gus] = ['adam', 'ann', 'bob', 'cara', 'dora', 'gina', 'gus'].map(world.byName)
  const open = await openSpace(world, 'open', ann, bob, gina)
  const closed = await openSpace(world, 'closed', ann, gina, gus)
  const secret = await openSpace(world, 'secret', bob, cara)
  const narrowed = await openSpace(world, 'open', cara, bob)
  const direct = (await world.call(ann, 'POST', '/conversations', { people: [bob.id] })).json
  const pair = world.addSpace({ id: direct.id, name: 'ann+bob', kind: 'direct', visibility: 'secret', canary: 'direct' }, ann, bob)

  await world.turn(async () => {
    for (const [space, actor, other] of [[open, bob, ann], [closed, ann, gina], [closed, ann, gus], [secret, bob, cara], [pair, bob, ann], [narrowed, cara, bob]] as const)
      await say(world, actor, space, other, 7)
  })
  // Somebody is named whom gina, who reads it, does not know.
  await world.turn(() => say(world, bob, open, cara))
  // Nobody writes where they cannot read.
  await world.turn(() => say(world, cara, closed, ann))
  await world.turn(() => changeWords(world, bob, secret))
  await world.turn(async () => {
    // Gus was told of something that he may not read any more, and adam asks to be let in.
    await world.call(ann, 'DELETE', `/spaces/${closed.id}/members/${gus.id}`)
    oracle.leave(closed, gus)
    await world.call(adam, 'POST', `/spaces/${closed.id}/join`)
    closed.requested.add(adam.id)
  })
  await world.turn(async () => {
    await world.call(cara, 'PATCH', `/spaces/${narrowed.id}`, { visibility: 'closed' })
    narrowed.visibility = 'closed'
    await world.call(world.byName('olga'), 'PATCH', `/people/${dora.id}`, { state: 'deactivated' })
    dora.active = false
  })
  await world.turn(async () => {
    for (const [space, actor, other] of [[closed, ann, gina], [narrowed, cara, bob], [secret, bob, cara]] as const) await say(world, actor, space, other)
  })
  await world.turn(() => removeNewest(world, bob, secret))
}

async function openSpace(world: World, visibility: Visibility, founder: Person, ...members: Person[]): Promise<Space> {
  const canary = world.canary('s')
  const { json } = await world.call(founder, 'POST', '/spaces', { name: canary, purpose: canary, visibility })
  const space = world.addSpace({ id: json.id, name: canary, kind: 'community', visibility, canary }, founder)
  for (const person of members) {
    await world.call(founder, 'PUT', `/spaces/${json.id}/members/${person.id}`, { role: 'member' })
    world.oracle.enter(space, person)
  }
  return space
}

async function changeWords(world: World, author: Person, space: Space): Promise<void> {
  const entry = world.oracle.entriesIn(space)[0]
  const canary = world.canary('b')
  await world.call(author, 'PATCH', `/entries/${entry.id}`, { body: canary })
  world.oracle.edit(entry, canary, [])
  await world.call(author, 'PUT', `/entries/${entry.id}/reactions/${encodeURIComponent('👍')}`)
  entry.reactions.set('👍', new Set([author.id]))
}

async function removeNewest(world: World, author: Person, space: Space): Promise<void> {
  const entry = world.oracle.entriesIn(space).at(-1)!
  await world.call(author, 'DELETE', `/entries/${entry.id}`)
  world.oracle.remove(entry, author)
  world.told('entry.removed', entry.id, space)
}

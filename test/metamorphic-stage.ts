import { addPerson } from '../server/core/people/commands.ts'
import { findCommunities } from '../server/features/communities/find.ts'
import { recountTies } from '../server/core/ties/commands.ts'
import { inTransaction, SYSTEM } from '../server/kernel/context.ts'
import { randomFrom } from '../server/kernel/graph/random.ts'
import { ago, past } from '../server/past.ts'
import { type Client, type Json, makeClient } from '../server/scene.ts'
import { expect } from 'vitest'

/** Words that are said in the open and where only a few read. */
export const [SHARED, SECRET] = ['kiln', 'cnry_quartz']
const CROWD = 22

/** Further deeds, which features bring: each pushes its own, made of what those here are made of. */
export const moreDeeds: ((stage: Stage, tools: DeedTools) => Record<string, () => Promise<unknown>>)[] = []
export type DeedTools = { pick: <T>(list: readonly T[]) => T; keep: (entry: Json, by: Client, space: Json) => Json; words: () => string }

export type Stage = Awaited<ReturnType<typeof setStage>>

/**
 * Ann and Bob have a conversation, a closed and a secret space. Eve, a member, Gina, a guest of the open team, and Olga, who owns
 * the network, read none of it; they are in the team with everybody else, where there is enough talk, now and weeks ago, for
 * communities, the map, suggestions, health, and rooting.
 */
export async function setStage() {
  const all = await past()
  const { ann, bob, eve, gina, olga, team, host, url } = all
  const person = (name: string): Promise<Client> => inTransaction(host, SYSTEM, async (ctx) => {
    const handle = `${name}.${ann.handle}`
    const { id, token } = (await addPerson(ctx, { name: `P ${name}`, handle, role: 'member', kind: 'person', token: true })) as { id: string; token: string }
    return makeClient(url, { id, token, handle })
  })
  const crowd: Client[] = []
  for (let i = 0; i < CROWD; i++) crowd.push(await person(`c${i}`))
  for (const one of [gina, eve, olga]) await ann.put(`/spaces/${team.id}/members/${one.id}`)
  const talk = async (one: Client, others: Client[], space = team) => {
    const root: Json = await one.post(`/spaces/${space.id}/entries`, { body: `Which ${SHARED}? #${SHARED}` })
    for (const other of others) {
      const answer: Json = await other.post(`/entries/${root.id}/replies`, { body: `That ${SHARED}, @${one.handle}` })
      await one.post(`/entries/${answer.id}/replies`, { body: 'Good' })
    }
    return root
  }
  const root = await talk(eve, [ann, bob])
  for (const one of [...crowd.slice(0, 7), ...crowd.slice(14)]) await talk(eve, [one])
  await talk(ann, [bob, crowd[0], crowd[1], crowd[8]])
  await talk(bob, [crowd[2], crowd[3], crowd[8]])
  await talk(crowd[9], crowd.slice(10, 14))
  await talk(crowd[10], crowd.slice(11, 14))
  await talk(gina, [ann, bob])
  for (const [i, one] of crowd.entries()) await all.wrote(bob.id, ago(1, 100 + i), { root: await all.wrote(one.id, ago(1, i), { body: `A ${SHARED}?` }) })

  const closed: Json = await ann.post('/spaces', { name: `Closed ${ann.handle}`, purpose: 'x', visibility: 'closed' })
  const secret: Json = await ann.post('/spaces', { name: SECRET, purpose: SECRET, visibility: 'secret' })
  for (const space of [closed, secret]) for (const one of [bob, ...crowd.slice(0, 9)]) await ann.put(`/spaces/${space.id}/members/${one.id}`)
  const direct: Json = await ann.post('/conversations', { people: [bob.id] })
  const own: Json = await eve.post('/conversations', { people: [olga.id] })
  await eve.post(`/spaces/${own.id}/entries`, { body: `Between us, ${SHARED}` })
  for (const one of [ann, bob, ...crowd]) await one.patch('/me/network', { count_direct: true })
  const privy: Json[] = []
  for (const space of [closed, secret, direct]) privy.push(await ann.post(`/spaces/${space.id}/entries`, { body: `${SECRET} ${SHARED}` }))

  /** Everything that is derived is derived anew. */
  const derive = async () => {
    await all.settled()
    await recountTies(host)
    const since = new Date().toISOString()
    await findCommunities(host, undefined, true)
    await expect.poll(async () => (await eve.get('/network/map')).drawn_at ?? '', { timeout: 60_000, interval: 50 }).toSatisfy((at: string) => Date.parse(at) >= Date.parse(since))
    await all.settled()
  }
  return { ...all, crowd, person, talk, root, closed, secret, direct, own, privy, derive }
}

/** Things that two people do where the others do not read; a name for each, and what is made by it. */
export function deedsOf(stage: Stage, seed: number) {
  const { ann, bob, eve, gina, olga, crowd, closed, secret, direct, wrote } = stage
  const random = randomFrom(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
  const made: string[] = []
  const mine: Json[] = []
  const sides = [[ann, bob], [bob, ann], [crowd[0], ann], [crowd[1], bob]] as const
  const place = () => pick([closed, secret, direct])
  const writers = (space: Json) => (space === direct ? sides.slice(0, 2) : sides)
  const keep = (entry: Json, by: Client, space: Json) => {
    expect(entry.id, JSON.stringify(entry)).toBeTypeOf('string')
    made.push(entry.id)
    mine.push({ ...entry, by, in: space })
    return entry
  }
  const words = () => `${SECRET} ${pick([SHARED, 'oven', `#${SHARED}`])} ${pick([`@${eve.handle}`, `@${gina.handle}`, `@${olga.handle}`, `@${crowd[2].handle}`, ''])}?`
  const said = async (space = place()) => {
    const [one] = pick(writers(space))
    return keep(await one.post(`/spaces/${space.id}/entries`, { body: words() }), one, space)
  }
  const some = async () => (mine.length ? pick(mine) : { ...(await said()), ...mine.at(-1) })
  const deeds: Record<string, () => Promise<unknown>> = {
    say: () => said(),
    'talk back and forth': async () => {
      const [entry, other] = [await some(), pick([ann, bob])]
      for (const one of [other, other === ann ? bob : ann]) keep(await one.post(`/entries/${entry.id}/replies`, { body: words() }), one, entry.in)
    },
    'send ten at once': async () => {
      for (let i = 0; i < 10; i++) keep(await ann.post(`/spaces/${direct.id}/entries`, { body: words() }), ann, direct)
    },
    react: async () => pick([ann, bob]).put(`/entries/${(await some()).id}/reactions/👍`),
    edit: async () => {
      const entry = await some()
      return entry.by.patch(`/entries/${entry.id}`, { body: words() })
    },
    remove: async () => {
      const entry = await some()
      await entry.by.del(`/entries/${entry.id}`)
      return pick([() => entry.by.post(`/entries/${entry.id}/restore`), () => null])()
    },
    attach: async () => {
      const form = new FormData()
      form.set('file', new Blob([SECRET], { type: 'text/plain' }), `${SECRET}.txt`)
      const file: Json = await ann.post('/files', form)
      made.push(file.id)
      const space = place()
      keep(await ann.post(`/spaces/${space.id}/entries`, { body: words(), files: [file.id] }), ann, space)
    },
    'come and go': async () => {
      const [space, one] = [pick([closed, secret]), pick(crowd.slice(9, 14))]
      await ann.put(`/spaces/${space.id}/members/${one.id}`)
      keep(await one.post(`/spaces/${space.id}/entries`, { body: words() }), one, space)
      await pick([() => ann.del(`/spaces/${space.id}/members/${one.id}`), () => one.post(`/spaces/${space.id}/leave`), () => null])()
    },
    read: async () => (await pick([ann, bob]).post(`/spaces/${place().id}/read`), bob.post(`/entries/${(await some()).id}/unread`)),
    'open another one': async () => {
      const space: Json = await pick([() => ann.post('/conversations', { people: [bob.id, pick(crowd).id] }), () => ann.post('/spaces', { name: SECRET, purpose: SECRET, visibility: 'secret' })])()
      made.push(space.id)
    },
    'write it as of weeks ago': async () => void made.push(await wrote(pick([ann, bob]).id, ago(1, 500), { space: pick([closed, secret, direct]).id, body: words() })),
    'let somebody in or decline': async () => (await ann.post(`/spaces/${secret.id}/invitations`, { person: pick(crowd.slice(9, 14)).id }), ann.post('/suggestions/decline', { kind: 'person', id: pick(crowd).id })),
  }
  for (const more of moreDeeds) Object.assign(deeds, more(stage, { pick, keep, words }))
  return { made, all: Object.keys(deeds), do: (name: string) => deeds[name](), any: () => pick(Object.keys(deeds)) }
}

import { sql } from 'kysely'
import { close } from '../../server/features/polls/close.ts'
import { inTransaction, SYSTEM } from '../../server/kernel/context.ts'
import { type Json, scene } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import type { Entry, Oracle, Person } from '../oracle.ts'
import { COMMANDS, type Ground, ofOwn, own, type People } from '../race-commands.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks } from '../visibility-surfaces.ts'
import { voteSecretly } from '../voter.ts'

const soon = () => new Date(Date.now() + 30 * 86_400_000).toISOString()
const BLINDED = Buffer.alloc(256, 1).toString('base64url')

// ---- the rules, told a second time ---------------------------------------------------------------------------------

/** Who chose what by name; of a hidden poll only how many. */
type Known = { votes: Map<string, string>; isHidden: boolean }
const known = new WeakMap<Oracle, Map<string, Known>>()
const pollsOf = (oracle: Oracle) => known.get(oracle) ?? known.set(oracle, new Map()).get(oracle)!
const all = (oracle: Oracle) => [...oracle.entries.values()].filter(({ kind }) => kind === 'poll')
const votes = (oracle: Oracle, person: Person, poll: Entry) => oracle.mayReply(person, oracle.spaceOf(poll))

// ---- what one does with them -----------------------------------------------------------------------------------------

const ask = move('ask for votes', 3, async ({ actor, space, flag, world, oracle, say }) => {
  const [title, body] = [world.canary('t'), world.canary('b')]
  const isHidden = flag % 3 === 0
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { kind: 'poll', title, body, options: [`${title} now`, `${title} later`], method: 'single', closes_at: soon(), hidden: isHidden })
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind === 'direct' ? 422 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} asks for votes in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`asks for votes on ${body} in ${space.name}`)
  oracle.write({ ...blank, id: json.id, space: space.id, root: null, parent: null, author: actor.id, kind: 'poll', title, body, old: [], topics: [], mentions: new Set(), reactions: new Map(), files: [] }, [])
  pollsOf(oracle).set(json.id, { votes: new Map(), isHidden })
  world.told('entry.published', json.id, space)
})

const vote = move('vote', 5, async ({ actor, entry, flag, world, oracle, say }) => {
  const poll = pick(all(oracle), flag + (entry?.at ?? 0))
  if (!poll) return
  const [facts, choice] = [pollsOf(oracle).get(poll.id)!, String(1 + (flag % 2))]
  const { status } = await world.call(actor, 'POST', `/entries/${poll.id}/votes`, { chosen: [choice] })
  const expected = !oracle.mayOpen(actor, poll) ? 404 : !poll.published ? 422 : votes(oracle, actor, poll) ? 200 : 403
  world.expect(status === expected, `${actor.name} votes on ${world.nameOf(poll.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  if (facts.votes.get(actor.id) !== choice) world.told('poll.voted', poll.id, oracle.spaceOf(poll))
  facts.votes.set(actor.id, choice)
  say(`votes ${choice} on ${world.nameOf(poll.id)}`)
})

moves.push(ask, vote)

looks.push(async (r) => {
  const { oracle, person, world } = r
  for (const poll of all(oracle).slice(0, 6)) {
    const may = oracle.mayOpen(person, poll) && poll.published
    const found = await r.open('/entries/:id/poll', poll.id, may)
    if (!may || !found) {
      await r.open('/entries/:id/votes', poll.id, false)
      continue
    }
    const facts = pollsOf(oracle).get(poll.id)!
    const mine = facts.votes.get(person.id)
    r.equal(`one's own vote on ${world.nameOf(poll.id)}`, [found.mine, found.may.vote], [mine ? [mine] : null, votes(oracle, person, poll)])
    const shown = await r.list('/entries/:id/votes', `/entries/${poll.id}/votes`)
    const met = facts.isHidden ? [] : [...facts.votes.keys()].filter((id) => id === person.id || oracle.mayMeet(person, oracle.spaceOf(poll), id))
    r.same(`who voted on ${world.nameOf(poll.id)}`, shown.map((one) => one.person.id), met)
  }
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

moreDeeds.push(({ ann, bob, closed, secret }, { pick: choose, keep, words }) => ({
  ask: async () => {
    const space = choose([closed, secret])
    const poll = keep(await ann.post(`/spaces/${space.id}/entries`, { kind: 'poll', title: `${SECRET} ${SHARED}`, body: words(), options: [SECRET, SHARED], method: 'single', closes_at: soon(), anonymous: choose([true, false]) }), ann, space)
    if (poll.poll.anonymous) await voteSecretly(bob, poll, ['1'])
    else await bob.post(`/entries/${poll.id}/votes`, { chosen: ['1'] })
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'polls, by name and anonymous, and what came of them',
  play: async ({ ann, bob, eve, team, settled, host }, equal) => {
    const begin = (title: string, more: object = {}): Promise<Json> => ann.post(`/spaces/${team.id}/entries`, { kind: 'poll', title, options: ['Noon', 'One'], method: 'single', closes_at: soon(), ...more })
    const [poll, secret] = [await begin('When do we eat?'), await begin('Who cooks?', { anonymous: true })]
    await settled()
    const lists = Object.fromEntries([poll, secret].flatMap(({ id }) => [[`votes/${id}`, `/entries/${id}/votes?limit=50`]]))
    const same = (command: () => Promise<unknown>, asks: string[] = []) => equal([eve, ann, bob], { spaces: [team.id], threads: [poll.id, secret.id], lists }, command, ['votes/', ...asks])
    await same(() => begin('What do we eat?', { method: 'ranked' }))
    await same(() => bob.post(`/entries/${poll.id}/votes`, { chosen: ['1'] }))
    await same(() => eve.post(`/entries/${poll.id}/votes`, { chosen: ['2'] }))
    await same(() => bob.post(`/entries/${poll.id}/votes`, { chosen: ['2'] }))
    // Four have voted, and then the fifth, after whom that is told.
    const [more, others] = [await scene(), await scene()]
    for (const person of [ann, more.eve, others.eve, more.bob]) await voteSecretly(person, secret, ['2'])
    await same(() => voteSecretly(bob, secret, ['1']))
    for (const { id } of [poll, secret]) {
      await sql`update polls set closes_at = now() where entry_id = ${id}`.execute(host.db)
      await same(() => inTransaction(host, SYSTEM, (ctx) => close(ctx, id)), ['inbox'])
    }
    await same(() => ann.del(`/entries/${poll.id}`), ['thread/', 'inbox', 'unread', 'home/', 'entries/'])
  },
})

// ---- what happens at once ---------------------------------------------------------------------------------------------

const begun = (more: object = {}) => async (ground: Ground, { bob }: People) =>
  void (ground.own = await bob.post(`/spaces/${ground.space.id}/entries`, { kind: 'poll', title: 'Which soup?', options: ['Leek', 'Pea'], method: 'single', closes_at: soon(), ...more }))
Object.assign(COMMANDS, {
  'POST /entries/:id/votes': { at: ofOwn('/votes'), body: () => ({ chosen: ['1'] }), before: begun(), ...own },
  'POST /entries/:id/ballots': { at: ofOwn('/ballots'), body: () => ({ blinded: BLINDED }), before: begun({ anonymous: true }), ...own },
})

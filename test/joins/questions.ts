import type { Client, Json } from '../../server/scene.ts'
import { equalities } from '../equality.ts'
import { moreDeeds, SECRET, SHARED } from '../metamorphic-stage.ts'
import { QUERIES } from '../metamorphic-views.ts'
import type { Entry, Oracle, Person } from '../oracle.ts'
import { blank, move, moves, pick } from '../visibility-moves.ts'
import { looks, type Reader } from '../visibility-surfaces.ts'

// ---- the rules, told a second time ---------------------------------------------------------------------------------

type Facts = { accepted: string | null; repeats: string | null }
const told = new WeakMap<Oracle, Map<string, Facts>>()

function factsOf(oracle: Oracle, { id }: Entry): Facts {
  const facts = told.get(oracle) ?? told.set(oracle, new Map()).get(oracle)!
  if (!facts.size) oracle.removals.push((gone) => [...facts.values()].filter(({ accepted }) => accepted === gone.id).forEach((one) => {
    one.accepted = null
    oracle.withdraw(gone.author, gone)
  }))
  return facts.get(id) ?? facts.set(id, { accepted: null, repeats: null }).get(id)!
}

/** Whoever asked settles a question, and hosts do. */
const maySettle = (oracle: Oracle, person: Person, question: Entry) =>
  question.published && !oracle.spaceOf(question).archived && (question.author === person.id || oracle.mayManage(person, oracle.spaceOf(question)))

/** What a question repeats is for those who may read both. */
function repeats(oracle: Oracle, person: Person, question: Entry): string | null {
  const other = factsOf(oracle, question).repeats
  return other && oracle.mayRead(person, oracle.spaceOf(oracle.entries.get(other)!)) ? other : null
}

// ---- what one does with them -----------------------------------------------------------------------------------------

const questionsOf = (oracle: Oracle) => [...oracle.entries.values()].filter((entry) => entry.kind === 'question')

const ask = move('ask', 4, async ({ actor, space, world, oracle, say }) => {
  const [title, body] = [world.canary('t'), world.canary('b')]
  const { status, json } = await world.call(actor, 'POST', `/spaces/${space.id}/entries`, { kind: 'question', title, body })
  const expected = !oracle.mayRead(actor, space) ? 404 : space.kind === 'direct' ? 422 : oracle.mayPost(actor, space) ? 201 : 403
  world.expect(status === expected, `${actor.name} asks in ${space.name}: ${status}, not ${expected}`)
  if (status !== 201) return
  say(`asks ${body} in ${space.name}`)
  oracle.write({
    ...blank, id: json.id, space: space.id, root: null, parent: null, author: actor.id, kind: 'question', title, body, old: [], topics: [],
    mentions: new Set(), reactions: new Map(), files: [],
  }, [])
  world.told('entry.published', json.id, space)
})

const accept = move('accept', 4, async ({ actor: somebody, entry, flag, world, oracle, say }) => {
  const question = pick(questionsOf(oracle), flag)
  if (!question) return
  const asker = oracle.people.get(question.author)!
  const actor = flag % 2 && asker.active ? asker : somebody
  const reply = pick(oracle.replies(question), flag) ?? entry!
  const facts = factsOf(oracle, question)
  const [method, body] = facts.accepted && flag % 3 === 0 ? ['DELETE', undefined] : ['PUT', { reply: reply.id }]
  const { status } = await world.call(actor, method, `/entries/${question.id}/accepted`, body)
  const isAnswer = reply.root === question.id && reply.published
  const expected = !oracle.mayOpen(actor, question) ? 404 : !maySettle(oracle, actor, question) ? 403
    : method === 'DELETE' ? 200 : !oracle.mayOpen(actor, reply) ? 404 : isAnswer ? 200 : 422
  world.expect(status === expected, `${actor.name} settles ${world.nameOf(question.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  const accepted = method === 'PUT' ? reply.id : null
  if (accepted !== facts.accepted) world.told('question.settled', question.id, oracle.spaceOf(question))
  if (accepted !== facts.accepted) {
    const before = facts.accepted && oracle.entries.get(facts.accepted)
    if (before) oracle.withdraw(before.author, before)
    if (accepted && reply.author !== actor.id && oracle.mayOpen(oracle.people.get(reply.author)!, reply)) oracle.tellLate(reply.author, reply)
  }
  facts.accepted = accepted
  say(`${accepted ? 'accepts an answer to' : 'opens again'} ${world.nameOf(question.id)}`)
})

const repeat = move('mark a duplicate', 4, async ({ actor: somebody, entry, flag, world, oracle, say }) => {
  const question = pick(questionsOf(oracle), flag)
  if (!question) return
  const asker = oracle.people.get(question.author)!
  const actor = flag % 2 && asker.active ? asker : somebody
  const other = pick(questionsOf(oracle).filter((one) => one !== question), entry?.at ?? flag)
  const removes = !other || flag % 4 === 3
  const { status } = await world.call(actor, removes ? 'DELETE' : 'PUT', `/entries/${question.id}/duplicate_of`, removes ? undefined : { entry: other.id })
  const expected = !oracle.mayOpen(actor, question) ? 404 : !maySettle(oracle, actor, question) ? 403
    : removes ? 200 : !oracle.mayOpen(actor, other) ? 404 : !other.published || repeats(oracle, actor, other) ? 422 : 200
  world.expect(status === expected, `${actor.name} marks ${world.nameOf(question.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  factsOf(oracle, question).repeats = removes ? null : other.id
  say(removes ? `unmarks ${world.nameOf(question.id)}` : `marks ${world.nameOf(question.id)} as a duplicate of ${world.nameOf(other.id)}`)
})

moves.push(ask, accept, repeat)

const isAnswered = ({ oracle, person }: Reader, question: Entry) => Boolean(factsOf(oracle, question).accepted || repeats(oracle, person, question))

looks.push(async (r) => {
  const { oracle, person } = r
  for (const space of oracle.spaces.values()) {
    if (!oracle.mayRead(person, space)) {
      await r.open('/spaces/:id/questions', space.id, false)
      continue
    }
    const here = questionsOf(oracle).filter((question) => question.space === space.id && question.published)
    if (!here.length) continue
    for (const state of ['unanswered', 'answered']) {
      const items = await r.list('/spaces/:id/questions', `/spaces/${space.id}/questions`, `&state=${state}`)
      r.same(`what is ${state} in ${space.name}`, items.map(({ id }) => id), here.filter((one) => isAnswered(r, one) === (state === 'answered')).map(({ id }) => id))
      for (const { id, question } of items)
        r.equal(`the facts of ${r.world.nameOf(id)}`, [question.accepted, question.duplicate_of], [factsOf(oracle, oracle.entries.get(id)!).accepted, repeats(oracle, person, oracle.entries.get(id)!)])
    }
  }
  await r.get('/questions/similar', '/questions/similar', '?q=cnry_1')
})

// ---- where others do not read, nobody else can tell ---------------------------------------------------------------------

QUERIES['/spaces/:id/questions'] = () => ['', 'state=unanswered', 'state=answered']
QUERIES['/questions/similar'] = () => [SHARED, SECRET, `${SECRET} ${SHARED}?`].map((q) => `q=${encodeURIComponent(q)}`)

moreDeeds.push(({ ann, bob, closed, secret, privy }, { pick: choose, keep, words }) => ({
  ask: async () => {
    const space = choose([closed, secret])
    const ask = (by: Client, more: object): Promise<Json> => by.post(`/spaces/${space.id}/entries`, { kind: 'question', title: `${SECRET} ${SHARED}?`, ...more })
    const first = keep(await ask(ann, { body: words() }), ann, space)
    const second = await ask(bob, { from: privy[space === closed ? 0 : 1].id })
    const reply = keep(await bob.post(`/entries/${first.id}/replies`, { body: words() }), bob, space)
    await ann.put(`/entries/${first.id}/accepted`, { reply: reply.id })
    // The second time round it was asked before.
    if (second.id) await bob.put(`/entries/${keep(second, bob, space).id}/duplicate_of`, { entry: first.id })
  },
}))

// ---- old state and events are a fresh answer ----------------------------------------------------------------------------

equalities.push({
  name: 'a question, its answer, what it repeats, and what it is made of',
  play: async ({ ann, bob, eve, team, settled }, equal) => {
    const ask = (title: string, more: object = {}): Promise<Json> => bob.post(`/spaces/${team.id}/entries`, { kind: 'question', title, body: 'Does anybody know?', ...more })
    const post: Json = await ann.post(`/spaces/${team.id}/entries`, { body: 'Lunch' })
    const [older, question] = [await ask('Is there soup?'), await ask('Where is the soup?')]
    const answer: Json = await eve.post(`/entries/${question.id}/replies`, { body: 'In the pot' })
    await ann.put(`/entries/${question.id}/reactions/👍`)
    await settled()
    const lists = Object.fromEntries(['unanswered', 'answered'].map((state) => [`questions/${team.id}/${state}`, `/spaces/${team.id}/questions?limit=100&state=${state}`]))
    const same = (command: () => Promise<unknown>, asks?: string[]) => equal([eve, ann], { spaces: [team.id], threads: [question.id, post.id], lists }, command, asks)
    await same(() => ask('Which soup?'))
    await same(() => bob.put(`/entries/${question.id}/accepted`, { reply: answer.id }), ['questions/', 'inbox'])
    await same(() => eve.post(`/entries/${question.id}/read`), ['inbox'])
    await same(() => bob.del(`/entries/${question.id}/accepted`), ['questions/', 'inbox'])
    await same(() => bob.put(`/entries/${question.id}/accepted`, { reply: answer.id }), ['questions/', 'inbox'])
    await same(() => bob.patch(`/entries/${question.id}`, { title: 'Where was the soup?' }))
    await same(() => eve.del(`/entries/${answer.id}`), ['questions/', 'thread/', 'inbox', 'unread', 'home/', 'entries/'])
    await same(() => bob.put(`/entries/${question.id}/duplicate_of`, { entry: older.id }), ['questions/'])
    await same(() => bob.del(`/entries/${question.id}/duplicate_of`), ['questions/'])
    await same(() => ask('Why soup?', { from: post.id }), ['inbox', 'unread', 'home/unread'])
  },
})

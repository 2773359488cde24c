import type { Entry, Oracle } from './oracle.ts'
import { blank, move, moves, pick } from './visibility-moves.ts'
import { looks, type Reader } from './visibility-surfaces.ts'
import { has } from './visibility-world.ts'

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
    mentions: new Set(), reactions: new Map(), files: [], accepted: null, repeats: null,
  }, [])
  world.told('entry.published', json.id, space)
})

const accept = move('accept', 4, async ({ actor: somebody, entry, flag, world, oracle, say }) => {
  const question = pick(questionsOf(oracle), flag)
  if (!question) return
  const asker = oracle.people.get(question.author)!
  const actor = flag % 2 && asker.active ? asker : somebody
  const reply = pick(oracle.replies(question), flag) ?? entry!
  const [method, body] = question.accepted && flag % 3 === 0 ? ['DELETE', undefined] : ['PUT', { reply: reply.id }]
  const { status } = await world.call(actor, method, `/entries/${question.id}/accepted`, body)
  const isAnswer = reply.root === question.id && reply.published
  const expected = !oracle.mayOpen(actor, question) ? 404 : !oracle.maySettle(actor, question) ? 403
    : method === 'DELETE' ? 200 : !oracle.mayOpen(actor, reply) ? 404 : isAnswer ? 200 : 422
  world.expect(status === expected, `${actor.name} settles ${world.nameOf(question.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  const accepted = method === 'PUT' ? reply.id : null
  if (accepted !== question.accepted) world.told('question.settled', question.id, oracle.spaceOf(question))
  question.accepted = accepted
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
  const expected = !oracle.mayOpen(actor, question) ? 404 : !oracle.maySettle(actor, question) ? 403
    : removes ? 200 : !oracle.mayOpen(actor, other) ? 404 : !other.published || oracle.repeats(actor, other) ? 422 : 200
  world.expect(status === expected, `${actor.name} marks ${world.nameOf(question.id)}: ${status}, not ${expected}`)
  if (status !== 200) return
  question.repeats = removes ? null : other.id
  say(removes ? `unmarks ${world.nameOf(question.id)}` : `marks ${world.nameOf(question.id)} as a duplicate of ${world.nameOf(other.id)}`)
})

if (has('GET', '/spaces/:id/questions')) moves.push(ask, accept, repeat)

const isAnswered = (r: Reader, question: Entry) => Boolean(question.accepted || r.oracle.repeats(r.person, question))

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
        r.equal(`the facts of ${r.world.nameOf(id)}`, [question.accepted, question.duplicate_of], [oracle.entries.get(id)!.accepted, oracle.repeats(person, oracle.entries.get(id)!)])
    }
  }
  await r.get('/questions/similar', '/questions/similar', '?q=cnry_1')
})

import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

const ask = async (person: Client, q: string): Promise<Json[]> => (await person.get(`/search/experts?q=${encodeURIComponent(q)}`)).items

/** Ann asks about kilns in the open team and in a closed space; Bob answers in both, Eve in the team. */
async function setting() {
  const it = await scene()
  const { ann, bob, eve, team } = it
  const word = `kiln${team.id.slice(-6)}`
  const closed: Json = await ann.post('/spaces', { name: `Kiln club ${word}`, purpose: 'x', visibility: 'closed' })
  await ann.put(`/spaces/${closed.id}/members/${bob.id}`)
  await eve.post(`/spaces/${team.id}/join`)
  const asked = async (space: Json, body: string) => (await ann.post(`/spaces/${space.id}/entries`, { body })).id as string
  const answered = async (person: Client, entry: string, body: string) => (await person.post(`/entries/${entry}/replies`, { body })).id as string
  return { ...it, word, closed, asked, answered }
}

test('whom to ask is who answered others about it, with the answer, and not who only asked', async () => {
  const { ann, bob, eve, team, word, asked, answered, settled } = await setting()
  const first = await asked(team, `How hot does a ${word} get?`)
  const second = await asked(team, `Which ${word} is yours?`)
  await answered(eve, first, 'No idea')
  const good = await answered(bob, first, `My ${word} does 1,280 °C`)
  await answered(bob, second, 'The small one')
  await ann.post(`/entries/${first}/replies`, { body: `A ${word}, I mean` })
  await settled()
  const found = await ask(eve, word)
  expect(found.map(({ person, count }) => [person.id, count])).toEqual([[bob.id, 2]])
  expect(found[0].answers[0]).toMatchObject({ id: good, text: `My ${word} does 1,280 °C` })
  expect((await ask(ann, word)).map(({ person }) => person.id)).toEqual([bob.id, eve.id])
  expect(await ask(ann, 'nothingofthekind')).toEqual([])
  expect(await ask(ann, '')).toEqual([])
})

test('nobody is known for what was said where one may not read, and who left the picture is known for nothing', async () => {
  const { ann, bob, eve, gina, word, closed, team, asked, answered, settled } = await setting()
  await answered(bob, await asked(closed, `A secret ${word}`), `Only a ${word}`)
  await settled()
  expect((await ask(ann, word)).map(({ person }) => person.id)).toEqual([bob.id])
  for (const other of [eve, gina]) expect(await ask(other, word)).toEqual([])
  await answered(bob, await asked(team, `An open ${word}`), `An open ${word} answer`)
  await settled()
  expect((await ask(eve, word)).map(({ count }) => count)).toEqual([1])
  await bob.patch('/me/network', { in_network: false })
  for (const one of [ann, eve]) expect(await ask(one, word)).toEqual([])
})

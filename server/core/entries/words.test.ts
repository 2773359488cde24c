import { expect, test } from 'vitest'
import { type Client, type Json, makeClient, scene, signedIn } from '../../scene.ts'
import { wordsOfGroups } from './words.ts'

const SAID: Record<string, string[]> = {
  potters: ['I think that the glazing is ready and we will fire the kiln with care', 'You should look at this glazing before they open the kiln', 'What do you think about the kiln, is that enough?'],
  cooks: ['I think that the broth is ready and we will serve it with care', 'You should look at this broth before they open the pantry', 'What do you think about the pantry, is that enough?'],
  Weber: ['Ich denke, dass der Webstuhl heute fertig ist und wir können mit der Wolle beginnen', 'Schon wieder ist die Wolle nicht da, aber der Webstuhl läuft', 'Was meint ihr zur Wolle, ist das genug für heute?'],
  Gärtner: ['Ich denke, dass die Tomaten heute fertig sind und wir können mit der Ernte beginnen', 'Schon wieder ist der Kompost nicht da, aber die Tomaten wachsen', 'Was meint ihr zum Kompost, ist das genug für heute?'],
  染色: ['藍染の温度を調べました。布の準備もできています。', '今日は藍染の布を洗います。温度に注意してください。', '布の色がよくなりました。藍染は楽しいです。'],
}

test('what sets groups apart is what they talk about, in whatever language, and never how they speak', async () => {
  const { olga, team, url, host } = await scene()
  const owner = await signedIn(olga)
  const groups: string[][] = []
  for (const said of Object.values(SAID)) {
    const people = await Promise.all([1, 2, 3, 4].map(async (n) => {
      const handle = `w${groups.length}.${n}.${olga.handle}`
      const person: Json = await owner.post('/people', { name: `Person ${groups.length} ${n}`, handle, email: `${handle}@x.example`, token: true })
      return makeClient(url, { id: person.id, token: person.token, handle }) as Promise<Client>
    }))
    for (const person of people) {
      await person.post(`/spaces/${team.id}/join`)
      for (const body of said) await person.post(`/spaces/${team.id}/entries`, { body })
    }
    groups.push(people.map(({ id }) => id))
  }
  const [potters, cooks, weavers, gardeners, dyers] = await wordsOfGroups({ db: host.db }, groups)
  expect(potters).toEqual(expect.arrayContaining(['glazing', 'kiln']))
  expect(cooks).toEqual(expect.arrayContaining(['broth', 'pantry']))
  expect(weavers).toEqual(expect.arrayContaining(['wolle', 'webstuhl']))
  expect(gardeners).toEqual(expect.arrayContaining(['tomaten', 'kompost']))
  expect(dyers).toContain('藍染')
  const all = [potters, cooks, weavers, gardeners].flat()
  for (const joining of ['that', 'with', 'what', 'this', 'think', 'dass', 'heute', 'schon', 'nicht', 'aber', 'können']) expect(all).not.toContain(joining)
})

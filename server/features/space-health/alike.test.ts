import { expect, test } from 'vitest'
import { type Client, type Json, scene } from '../../scene.ts'

test('spaces of the same people are told of each other, to whoever may read both', async () => {
  // So many that a space of three is not nearly everybody.
  const [it] = [await scene(), await scene()]
  const { ann, bob, eve, olga, gina, team } = it
  const open = async (name: string, members: Client[], visibility: string): Promise<Json> => {
    const space = await ann.post('/spaces', { name: `${name} ${team.id.slice(-6)}`, purpose: `For ${name}`, visibility })
    for (const one of members) await ann.put(`/spaces/${space.id}/members/${one.id}`)
    return space
  }
  const first = await open('Kilns', [bob, eve], 'open')
  const second = await open('Ovens', [bob, eve, gina], 'closed')
  await open('Ladders', [gina, olga], 'closed')
  const alike = async (person: Client, space: Json) => (await person.get(`/spaces/${space.id}/alike`)).items?.map((one: Json) => [one.space.id, one.shared, one.members, one.purpose])
  expect(await alike(bob, first)).toEqual([[second.id, 3, 3, 'For Ovens']])
  expect(await alike(eve, second)).toEqual([[first.id, 3, 4, 'For Kilns']])
  // Gina, a guest, may not read the first one, and Olga not the second.
  expect(await alike(gina, second)).toEqual([])
  expect(await alike(olga, first)).toEqual([])
  expect(await olga.get(`/spaces/${second.id}/alike`)).toMatchObject({ status: 404 })
})

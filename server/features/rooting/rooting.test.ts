import { expect, test } from 'vitest'
import { ago, past } from '../../past.ts'
import type { Client, Json } from '../../scene.ts'
import { server } from '../../scene.ts'

// The file's scenes are in one network: each test begins with an empty one.
async function young() {
  const { host } = await server()
  await host.db.deleteFrom('entries').execute()
  const all = await past()
  const rooting = (who: Client = all.ann, weeks = 12): Promise<Json> => who.get(`/network/rooting?weeks=${weeks}`)
  return { ...all, rooting }
}

test('every member reads the same of it, an owner nothing more, and a guest nothing', async () => {
  const { people, monologues, rooting, ann, eve, olga, gina } = await young()
  await monologues(await people(8), ago(1))
  const told = await rooting(ann)
  expect(told.figures).toMatchObject({ people: 8, threads: 8, answered: 0 })
  expect(await rooting(eve)).toEqual(told)
  expect(await rooting(olga)).toEqual(told)
  expect(await rooting(gina)).toMatchObject({ code: 'members_only' })
})

test('what is said in closed and secret spaces and in conversations is not in it, for whoever reads it', async () => {
  const { people, monologues, wrote, rooting, ann, bob } = await young()
  const crowd = await people(8)
  await monologues(crowd, ago(1))
  const before = await rooting()
  for (const visibility of ['closed', 'secret']) {
    const space = await ann.post('/spaces', { name: visibility, purpose: 'x', visibility })
    await monologues(crowd, ago(1), space.id)
  }
  const talk = await ann.post('/conversations', { people: [bob.id] })
  await wrote(ann.id, ago(1), { space: talk.id })
  expect(await rooting()).toEqual({ ...before, figures: { ...before.figures, spaces: expect.anything() } })
  const open = await ann.post('/spaces', { name: 'Open', purpose: 'x' })
  await monologues(crowd, ago(1), open.id)
  expect((await rooting()).figures.threads).toBe(16)
})

test('fewer than eight people are told of nothing; who only reacts takes part, too', async () => {
  const { people, monologues, wrote, rooting, host } = await young()
  const crowd = await people(8)
  await monologues(crowd.slice(0, 6), ago(1))
  const head = await wrote(crowd[6], ago(1))
  expect(await rooting()).toEqual({ weeks: 12, from: null, to: null, figures: null, runs: [] })
  const react = (days: number) => host.db.insertInto('reactions').values({ entry_id: head, person_id: crowd[7], emoji: '👍', created_at: new Date(ago(1, days * 1440)).toISOString() })
    .onConflict((c) => c.columns(['entry_id', 'emoji', 'person_id']).doUpdateSet((eb) => ({ created_at: eb.ref('excluded.created_at') }))).execute()
  await react(8)
  expect((await rooting()).figures).toBeNull()
  await react(1)
  expect((await rooting()).figures).toMatchObject({ people: 8, threads: 7 })
})

test('a question is a head with a question mark, and answered when somebody else writes', async () => {
  const { people, monologues, wrote, rooting } = await young()
  const crowd = await people(8)
  await monologues(crowd, ago(1))
  const asked = await wrote(crowd[0], ago(1), { body: 'Who has the key?' })
  await wrote(crowd[1], ago(1), { body: '鍵は誰が持っていますか？' })
  await wrote(crowd[2], ago(1), { body: 'See https://acme.example/search?q=key' })
  await wrote(crowd[0], ago(1, 5), { root: asked, body: 'Anyone?' })
  expect((await rooting()).figures).toMatchObject({ questions: 2, questions_answered: 0 })
  await wrote(crowd[3], ago(1, 9), { root: asked })
  expect((await rooting()).figures).toMatchObject({ questions: 2, questions_answered: 1 })
})

test('answers across sites are told where both sides are eight people', async () => {
  const { people, wrote, rooting, ann } = await young()
  const [graz, nagoya, few] = [await people(8, `graz-${ann.handle}.example`), await people(8, `nagoya-${ann.handle}.example`), await people(7, `few-${ann.handle}.example`)]
  for (const [i, one] of graz.entries()) await wrote(nagoya[i], ago(1, 9), { root: await wrote(one, ago(1)) })
  // Seven people are no site: their answers are in neither part.
  for (const [i, one] of few.entries()) await wrote(graz[i], ago(1, 9), { root: await wrote(one, ago(1)) })
  expect((await rooting()).figures.across).toMatchObject({ by: 'domain', share: 100 })
  // Two people who speak within one site: told of would be these two.
  const head = await wrote(graz[0], ago(1))
  await wrote(graz[1], ago(1, 5), { root: head })
  expect((await rooting()).figures.across).toBeNull()
  for (const one of graz.slice(2)) await wrote(one, ago(1, 6), { root: head })
  expect((await rooting()).figures.across).toMatchObject({ share: 53 })
})

test('answers across departments are told where they are eight people, by what people say in their profiles', async () => {
  const { people, wrote, rooting, host } = await young()
  const [clay, bread] = [await people(8), await people(8)]
  for (const [i, one] of clay.entries()) await wrote(bread[i], ago(1, 9), { root: await wrote(one, ago(1)) })
  expect((await rooting()).figures.across_departments).toBeNull()
  const name = (department: string, some: string[]) => host.db.updateTable('people').set({ department }).where('id', 'in', some).execute()
  await name('Clay', clay)
  await name('Bread', bread.slice(0, 7))
  expect((await rooting()).figures.across_departments).toBeNull()
  await name(' bread', bread.slice(7))
  expect((await rooting()).figures.across_departments).toEqual({ departments: 2, share: 100 })
})

test('open spaces are in dialogue, or alone, or quiet; those of few people are not told apart', async () => {
  const { people, monologues, wrote, rooting, ann, host, team } = await young()
  await host.db.updateTable('spaces').set({ state: 'archived' }).where('id', '<>', team.id).execute()
  const crowd = await people(8)
  const [alone] = [await ann.post('/spaces', { name: 'Alone', purpose: 'x' }), await ann.post('/spaces', { name: 'Quiet', purpose: 'x' })]
  for (const [i, one] of crowd.entries()) await wrote(crowd[(i + 1) % 8], ago(1, 5), { root: await wrote(one, ago(1)) })
  await monologues(crowd.slice(0, 7), ago(1), alone.id)
  expect((await rooting()).figures.spaces).toEqual({ dialogue: 1, monologue: null, quiet: 2 })
  await monologues(crowd.slice(7), ago(1), alone.id)
  expect((await rooting()).figures.spaces).toEqual({ dialogue: 1, monologue: 1, quiet: 1 })
})

test('how often the same people take part is told where no part is a small group', async () => {
  const { people, monologues, rooting } = await young()
  const [often, once] = [await people(8), await people(8)]
  for (const week of [1, 2, 3, 4]) await monologues(often, ago(week))
  await monologues(once.slice(0, 7), ago(1))
  expect((await rooting()).figures).toMatchObject({ people: 8, returning: null })
  await monologues(once.slice(7), ago(1))
  expect((await rooting()).figures).toMatchObject({ people: 16, returning: { once: 8, some: 0, often: 8 } })
})

import { expect, test } from 'vitest'
import { type Client, type Json, makeClient, scene, signedIn } from '../../scene.ts'

const make = async (person: Client, input: object) => (await signedIn(person)).post('/tokens', input)

test('a token is shown once, works as its person, and is listed without its secret', async () => {
  const { ann, bob, url } = await scene()
  const made = await make(ann, { name: 'my bot' })
  expect(made).toMatchObject({ name: 'my bot', token: expect.stringMatching(/^fmt_[\w-]{43}$/) })
  const bot = await makeClient(url, { ...ann, token: made.token })
  expect(await bot.get('/me')).toMatchObject({ id: ann.id })
  const { items } = await ann.get('/tokens')
  expect(items.find((one: Json) => one.id === made.id)).toMatchObject({ name: 'my bot', last_used_at: expect.any(String) })
  expect(JSON.stringify(items)).not.toMatch(/fmt_|hash/)
  expect(JSON.stringify(await bob.get('/tokens'))).not.toContain(made.id)
})

test('a revoked token is refused at once, and its connections end', async () => {
  const { ann, bob, team, url } = await scene()
  const made = await make(ann, { name: 'bot' })
  const bot = await makeClient(url, { ...ann, token: made.token })
  const [botLive, annLive] = [await bot.live(), await ann.live()]
  expect(await bob.del(`/tokens/${made.id}`)).toMatchObject({ status: 404 })
  expect((await ann.del(`/tokens/${made.id}`)).status).toBe(204)
  expect(await bot.get('/me')).toMatchObject({ status: 401, code: 'sign_in_needed' })
  await expect.poll(() => botLive.state.closed).toBe(4401)
  const entry = await bob.post(`/spaces/${team.id}/entries`, { body: 'still here?' })
  await annLive.until((e) => e.entry_id === entry.id)
  expect(botLive.events.filter((e) => e.entry_id === entry.id)).toEqual([])
})

test('a token ends when it was said to', async () => {
  const { ann, url, host } = await scene()
  const made = await make(ann, { name: 'guest bot', expires_at: new Date(Date.now() + 60_000).toISOString() })
  const bot = await makeClient(url, { ...ann, token: made.token })
  expect(await bot.get('/me')).toMatchObject({ id: ann.id })
  await host.pool.query(`update api_tokens set expires_at = now() where id = $1`, [made.id])
  expect(await bot.get('/me')).toMatchObject({ status: 401 })
  for (const wrong of [{ name: '' }, { name: 'x'.repeat(61) }, { name: 'x', expires_at: 'tomorrow' }]) expect(await make(ann, wrong)).toMatchObject({ status: 422 })
})

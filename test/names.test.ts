import { execFile } from 'node:child_process'
import { expect, test } from 'vitest'
import { type Client, type Json, scene, server, signedIn } from '../server/scene.ts'

const dirty = 'Ol\u200bga\u202e\u3164\u2060'
const clean = 'Olga'
const empty = '\u200b\u3164\u2060'

/** Every place where people give something a name, and where it is read again. */
async function naming(): Promise<[string, (name: string) => Promise<Json>, (given: Json) => string][]> {
  const { olga, ann, team } = await scene()
  let serial = 0
  const asAnn: Client = await signedIn(ann)
  return [
    ['a person', (name) => olga.post('/people', { name, handle: `${ann.handle}-${++serial}` }), (given) => given.name],
    ['oneself', (name) => ann.patch('/me', { name }), (given) => given.name],
    ['a space', (name) => ann.post('/spaces', { name, purpose: 'Talk' }), (given) => given.name],
    ['a purpose', (purpose) => ann.post('/spaces', { name: 'Talk', purpose }), (given) => given.purpose],
    ['another name for a space', (name) => ann.patch(`/spaces/${team.id}`, { name }), (given) => given.name],
    ['a token', (name) => asAnn.post('/tokens', { name }), (given) => given.name],
  ]
}

test('no name holds what cannot be seen or turns the direction of writing, and none is made of it alone', async () => {
  for (const [what, give, read] of await naming()) {
    const given = await give(dirty)
    expect(read(given), `${what}: ${JSON.stringify(given)}`).toBe(clean)
    expect(await give(empty), what).toMatchObject({ status: 422 })
    expect(await give('Ol\u009bga'), what).toMatchObject({ status: 422 })
    expect(read(await give('محمد می‌خواهم 👩‍👩‍👧')), what).toBe('محمد می‌خواهم 👩‍👩‍👧')
  }
})

test('what stands beside a name is clean too', async () => {
  const { ann, team } = await scene()
  expect(await ann.patch('/me', { department: dirty, title: dirty, pronouns: dirty, about: `One\n${dirty}` })).toMatchObject({ department: clean, title: clean, pronouns: clean, about: `One\n${clean}` })
  expect(await ann.post(`/spaces/${team.id}/entries`, { title: dirty, body: 'Hello' })).toMatchObject({ title: clean })
})

test('the command line obeys no name', async () => {
  const { config } = await server()
  const env = { ...process.env, DATABASE_URL: config.databaseUrl!, FOLKMOOT_DATA: config.data }
  const args = ['--disable-warning=ExperimentalWarning', 'server/cli.ts', 'token', 'create', '--handle', 'no\u202e\u009b2Jbody']
  const complaint = await new Promise<string>((resolve) => void execFile(process.execPath, args, { env }, (_error, _text, told) => resolve(told)))
  expect(complaint).toContain('Nobody here is called @no\\u202e\\u009b2Jbody.')
})

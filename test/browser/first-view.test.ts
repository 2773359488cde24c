import { globSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { see } from './see.ts'

const stage = useStage()

test('the first view of a member costs at most 180 kB of compressed JavaScript, and nothing comes from elsewhere', async () => {
  const { olga, ann } = await stage.people({ olga: 'owner', ann: 'member' })
  await olga.post('/demo')
  // What only a kind of its own needs comes with the first of that kind.
  const plain: string[] = []
  for (const { id } of (await ann.get('/spaces?state=active')).items) {
    const kinds = (await ann.get(`/spaces/${id}/entries?limit=100`)).items?.map(({ kind }: { kind: string }) => kind)
    if (kinds?.length && kinds.every((kind: string) => kind === 'update')) plain.push(id)
  }
  expect(plain.length).toBeGreaterThan(3)
  for (const id of plain.slice(0, 4)) await ann.post(`/spaces/${id}/join`)
  const page = await (await ann.device()).newPage()
  const scripts: Promise<{ name: string; bytes: number; isPacked: boolean }>[] = []
  const hosts = new Set<string>()
  page.on('response', (response) => {
    const url = new URL(response.url())
    hosts.add(url.host)
    if (response.request().resourceType() !== 'script') return
    scripts.push(response.request().sizes().then(({ responseBodySize }) => ({
      name: url.pathname, bytes: responseBodySize, isPacked: /^(br|gzip|zstd)$/.test(response.headers()['content-encoding'] ?? ''),
    })))
  })
  await page.goto('/')
  await see(page.locator('main article').first())
  await page.waitForLoadState('networkidle')
  // What colours code comes after it, and only where there is code.
  const loaded = (await Promise.all(scripts)).filter(({ name }) => !name.includes('/highlight-'))
  const sum = loaded.reduce((all, { bytes }) => all + bytes, 0)
  expect(sum, loaded.map(({ name, bytes }) => `${name} ${bytes}`).join('\n')).toBeLessThanOrEqual(180_000)
  expect(loaded.filter(({ bytes, isPacked }) => bytes > 4000 && !isPacked)).toEqual([])
  expect([...hosts]).toEqual([new URL(stage.url).host])
})

test('every piece of the app runs when it comes', async () => {
  const pieces = globSync('dist/web/assets/*.js', { cwd: join(import.meta.dirname, '..', '..') }).map((file) => `/assets/${basename(file)}`)
  expect(pieces.length).toBeGreaterThan(30)
  const { olga } = await stage.people({ olga: 'owner' })
  const page = await olga.open('/')
  await see(page.getByRole('heading', { level: 1 }))
  // As text: the test's own build would turn import() into its own.
  const run = (path: string) => page.evaluate(`import(${JSON.stringify(path)}).then(() => null, (error) => ${JSON.stringify(path)} + ': ' + error)`)
  expect((await Promise.all(pieces.map(run))).filter(Boolean)).toEqual([])
})

test('every address of the app answers with its page, packed or not; a file that is not there is not found', async () => {
  const ask = (path: string, packing: string) => fetch(stage.url + path, { headers: { 'accept-encoding': packing } })
  for (const packing of ['identity', 'br, gzip']) {
    for (const path of ['/', '/spaces', '/assets', '/search?q=v1.2']) {
      const answer = await ask(path, packing)
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
      expect(await answer.text()).toContain('<div id="root">')
    }
    for (const path of ['/assets/gone-12345678.js', '/api/v1/gone']) expect((await ask(path, packing)).status, path).toBe(404)
  }
})

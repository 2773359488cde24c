import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { see } from './see.ts'

const stage = useStage()

test('the first view costs at most 200 kB of compressed JavaScript, and nothing comes from elsewhere', async () => {
  const { olga } = await stage.people({ olga: 'owner' })
  await olga.post('/demo')
  const page = await (await olga.device()).newPage()
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
  const loaded = await Promise.all(scripts)
  const sum = loaded.reduce((all, { bytes }) => all + bytes, 0)
  expect(sum, loaded.map(({ name, bytes }) => `${name} ${bytes}`).join('\n')).toBeLessThanOrEqual(200_000)
  expect(loaded.filter(({ bytes, isPacked }) => bytes > 4000 && !isPacked)).toEqual([])
  expect([...hosts]).toEqual([new URL(stage.url).host])
})

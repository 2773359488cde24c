import { expect, test } from 'vitest'
import { useStage } from './scene.ts'
import { entry, see, soon, writeAt } from './see.ts'

const stage = useStage()

test('every answer with the page names its scripts anew, and lets them come from nowhere else', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/spaces', '/index.html', '/']) {
    const answer = await fetch(stage.url + path)
    const policy = answer.headers.get('content-security-policy')!
    const nonce = /script-src 'nonce-([\w+/=]{22,})' 'strict-dynamic';/.exec(policy)![1]
    nonces.add(nonce)
    expect(policy).not.toContain('unsafe')
    for (const part of ["object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'report-uri /api/v1/policy-reports']) expect(policy).toContain(part)
    const scripts = (await answer.text()).match(/<script[^>]*>/g)!
    expect(scripts.length).toBeGreaterThan(1)
    for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  }
  expect(nonces.size).toBe(4)
})

test('what gets into the page all the same does not run, and neither does text become HTML', async () => {
  stage.expectTrouble(/content security policy|Content Security Policy|TrustedHTML|TrustedScript/i)
  const { ann } = await stage.people({ ann: 'member' })
  const page = await ann.open('/')
  await see(page.getByRole('heading', { level: 1 }))
  const reports = page.waitForEvent('console', (message) => /refused by the content security policy: style-src/.test(message.text()))
  const tried = await page.evaluate(async () => {
    const attempt = (work: () => unknown) => {
      try {
        work()
        return 'done'
      } catch (error) {
        return (error as Error).name
      }
    }
    const script = document.createElement('script')
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
    return {
      html: attempt(() => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>')),
      source: attempt(() => (script.src = 'https://elsewhere.example/x.js')),
      text: attempt(() => (script.textContent = 'alert(1)')),
      // Later: what the debugger runs at once may do more.
      function: await new Promise((done) => setTimeout(() => done(attempt(() => new Function('return 1'))))),
      policy: attempt(() => (window as any).trustedTypes.createPolicy('mine', {})),
      styled: getComputedStyle(document.body).color === 'rgb(255, 0, 0)',
    }
  })
  expect(tried).toEqual({ html: 'TypeError', source: 'TypeError', text: 'TypeError', function: 'EvalError', policy: 'TypeError', styled: false })
  await reports
})

test('names of characters, pasted HTML, emoji and the other theme need nothing that the policy refuses', async () => {
  const { ann, team } = await stage.team()
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Fish &amp; chips &copy; &notit; &semi; &CounterClockwiseContourIntegral; &toString;' })
  const page = await ann.open(`/spaces/${team.id}`)
  await see(entry(page, 'Fish & chips © &notit; ; ∳ &toString;'))
  const text = await writeAt(page, team.id)
  // As office programs write: what is bold by its style, and what is not although it stands in <b>.
  const html = '<meta charset=utf-8><style>b { color: red }</style><b style="font-weight:normal"><p>Some <span style="color: red; font-weight: 700" onclick="alert(1)">bold</span> words</p></b><table><tr><td>cell</td></tr></table>'
  await text.evaluate((box, pasted) => {
    const data = new DataTransfer()
    data.setData('text/html', pasted)
    box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
  }, html)
  await soon(() => text.locator('strong').allInnerTexts()).toEqual(['bold'])
  await see(text.locator('td', { hasText: 'cell' }))
  await page.getByRole('button', { name: 'Mention somebody' }).first().click()
  await soon(() => text.textContent()).toContain('@')
  await page.keyboard.press('Escape')
  for (const scheme of ['Dark', 'Light']) {
    await page.getByRole('button', { name: new RegExp(ann.name) }).last().click()
    await page.getByRole('menuitemradio', { name: scheme }).click()
    await soon(() => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe(scheme.toLowerCase())
    await page.keyboard.press('Escape')
  }
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { bodies, hostile, sanitizerCases } from './hostile.ts'
import { useStage } from './scene.ts'
import { choose, composer, entry, see, soon, thread, visit } from './see.ts'

const stage = useStage()

test('no text that people write becomes more than text, wherever it is shown', async () => {
  const { ann, bob } = await stage.people({ ann: 'member', bob: 'member' })
  const name = '<img src=x onerror=alert(1)>'
  await ann.patch('/me', { name, title: '"><svg onload=alert(1)>', pronouns: '<b>they</b>', about: hostile.slice(0, 20).join('\n') })
  const space = await ann.post('/spaces', { name: '<script>alert(1)</script>', purpose: hostile[1], audience_note: hostile[3], visibility: 'open' })
  await bob.post(`/spaces/${space.id}/join`)
  const roots: string[] = []
  for (const [at, body] of bodies([...hostile, ...sanitizerCases()]).entries())
    roots.push((await ann.post(`/spaces/${space.id}/entries`, { title: hostile[at % hostile.length].slice(0, 200).replace(/\s+/g, ' '), body })).id)
  await ann.post(`/entries/${roots[0]}/replies`, { body: `${hostile[1]} @${bob.handle} <script>alert(1)</script>` })
  await ann.patch(`/entries/${roots[0]}`, { body: `${hostile.join('\n\n')}\n\nedited` })
  const talk = await ann.post('/conversations', { people: [bob.id] })
  await ann.post(`/spaces/${talk.id}/entries`, { body: hostile[0] })
  await soon(async () => (await bob.get('/inbox')).items.length).toBe(1)

  await bob.put(`/entries/${roots[0]}/saved`, { remind_at: new Date().toISOString() })
  await bob.put(`/entries/${roots[0]}/pinned`)
  await bob.post('/scheduled', { space: space.id, root: roots[0], send_at: new Date(Date.now() + 1e7).toISOString(), words: { body: hostile[0] } })
  const page = await bob.open('/')
  const places = [
    '/', '/inbox', '/saved', '/scheduled', '/messages', `/messages/${talk.id}`, '/spaces', `/spaces/${space.id}`, `/spaces/${space.id}?view=flat`, `/spaces/${space.id}/members`, '/people', `/people/${ann.id}`,
    '/search?q=alert', '/search?q=%3Cscript%3E', `/topics/${encodeURIComponent('<img src=x onerror=alert(1)>')}`, ...roots.map((id) => `/e/${id}`),
  ]
  for (const place of places) {
    await visit(page, place)
    await isHarmless(page, place)
  }

  await page.goto(`/spaces/${space.id}?thread=${roots[0]}`)
  await see(entry(thread(page), 'edited').first())
  await thread(page).getByRole('button', { name: 'edited' }).first().click()
  await see(page.getByRole('dialog').getByText('First version'))
  await isHarmless(page, 'the history')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: 'Go to or do' }).fill('<img')
  await see(page.getByRole('option').first())
  await isHarmless(page, 'the palette')
})

test('hostile words in the composer stay words: as a draft, in the editor, in its source, and when something is edited', async () => {
  const { ann, team } = await stage.team()
  const page = await ann.open(`/spaces/${team.id}`)
  for (const body of bodies(hostile)) {
    await page.evaluate(([place, draft]) => localStorage.setItem(place, draft), [`folkmoot.draft.${ann.id}.space/${team.id}`, JSON.stringify({ title: hostile[0], body, files: [] })])
    await page.reload()
    const box = composer(page, team.id)
    await see(box.locator('[role=textbox], textarea').first())
    await isHarmless(page, 'a draft')
  }
  const root = await ann.post(`/spaces/${team.id}/entries`, { title: hostile[1], body: hostile.filter((text) => text.startsWith('[') || text.startsWith('!')).join('\n\n') })
  await page.evaluate(() => localStorage.clear())
  await page.goto(`/spaces/${team.id}`)
  const item = page.locator(`[data-entry="${root.id}"]`)
  await choose(page, item, 'Edit')
  await see(item.getByRole('button', { name: 'Cancel' }))
  await isHarmless(page, 'an edit')
})

test('what a file is called or holds runs nowhere', async () => {
  const { ann, bob, team } = await stage.team()
  const script = '<script>alert(1)</script>'
  const sent = [
    await upload(ann, '<img src=x onerror=alert(1)>.txt', script),
    await upload(ann, 'drawing.svg', `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`),
    await upload(ann, 'page.html', `<!doctype html>${script}<img src=x onerror=alert(1)>`),
    await upload(ann, 'picture.png', `<!doctype html>${script}`),
    await upload(ann, 'paper.pdf', `%PDF-1.7\n${script}`),
  ]
  await ann.post(`/spaces/${team.id}/entries`, { body: 'Files', files: sent.map(({ id }) => id) })
  const page = await bob.open(`/spaces/${team.id}`)
  await see(entry(page, 'Files').getByText('onerror=alert(1)>.txt'))
  await isHarmless(page, 'the list of files')
  for (const { id } of sent) {
    const other = await page.context().newPage()
    await other.goto(`/api/v1/files/${id}`).catch((error) => expect(String(error)).toMatch(/Download is starting|ERR_ABORTED/))
    await other.close()
  }
})

/** Expands what is folded and looks at everything that is there: nothing acts, leads astray or fetches from elsewhere. */
async function isHarmless(page: Page, place: string) {
  const found = await page.evaluate(async () => {
    for (const button of document.querySelectorAll<HTMLElement>('button.text-button[aria-expanded=false]')) button.click()
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    const bad: string[] = []
    for (const element of document.querySelectorAll('body *')) {
      const { localName, attributes } = element
      if (/^(script|iframe|object|embed|base|meta|link|form|frame|math|audio)$/.test(localName) && !element.matches('form[role=search]')) bad.push(`<${localName}>`)
      for (const { name, value } of attributes) {
        if (/^on/i.test(name) || name === 'srcdoc') bad.push(`${name}=${value}`)
        if (/^(href|src|action|formaction|xlink:href|poster|data|srcset)$/.test(name) && !isFine(name, value)) bad.push(`${localName} ${name}=${value}`)
      }
    }
    function isFine(name: string, value: string) {
      const url = new URL(value, location.href)
      if (url.origin === location.origin) return true
      return name === 'href' ? /^(https?|mailto):$/.test(url.protocol) : url.protocol === 'blob:' || value.startsWith('data:image/png')
    }
    return bad
  })
  expect(found, `at ${place}`).toEqual([])
}

async function upload({ post }: { post: (path: string, body: FormData) => Promise<any> }, name: string, content: string) {
  const form = new FormData()
  form.append('file', new File([content], name))
  return post('/files', form)
}

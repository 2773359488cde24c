import { expect, test } from 'vitest'
import { channel, makeZip, said, small, user } from '../slack-archives.ts'
import { useStage } from './scene.ts'
import { entry, gone, see, soon, thread } from './see.ts'

const stage = useStage()

test('an administrator looks into a Slack archive, then brings it in, and everybody reads on where it was', async () => {
  const { ada } = await stage.people({ ada: 'admin' })
  const archive = await makeZip(workspace(3000))
  const page = await ada.open('/admin/import')
  await page.locator('input[type=file]').setInputFiles(archive)
  await page.getByRole('button', { name: 'Look into the archive' }).click()
  await see(page.getByRole('heading', { name: 'This is what would come' }))
  await soon(() => page.getByRole('definition').allInnerTexts()).toContain('3,003')
  expect((await ada.get('/people?q=Zora')).items).toEqual([])

  await page.getByRole('button', { name: 'Now import it' }).click()
  await page.locator('input[type=file]').setInputFiles(archive)
  await page.getByRole('checkbox', { name: 'Only look first' }).uncheck()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await see(page.getByText('The import is running…'))
  await see(page.getByRole('progressbar', { name: 'The import is running…' }))
  await page.reload()
  await see(page.getByRole('heading', { name: 'The history is here' }))
  await see(page.getByRole('row', { name: /Contents of files 1 Slack itself exports links to files/ }))

  await page.getByRole('link', { name: 'See the spaces' }).click()
  await page.getByRole('link', { name: 'general', exact: true }).click()
  await see(page.getByText('About general'))
  const first = entry(page, 'Hello everybody')
  await see(first.getByText('@bob'))
  await first.getByRole('button', { name: '1 reply' }).click()
  await see(entry(thread(page), 'Hello @ann'))
  await thread(page).getByRole('button', { name: 'Close the thread' }).click()
  await see(entry(page, 'The drawing').getByText('Imported without its content'))
  await see(entry(page, 'The drawing').getByRole('button', { name: /2 people/ }))
  await gone(page.getByText('unread').first())
})

test('what was private waits until an administrator says that the addresses are known', async () => {
  const { ada, bob } = await stage.people({ ada: 'admin', bob: 'member' })
  const archive = await makeZip({
    ...small(),
    'users.json': [user('U1', 'ann'), user('U2', 'ben'), user('U7', bob.handle)],
    'groups.json': [channel('G1', 'board', ['U1', 'U7'])],
    'board/2023-11-14.json': [said('1700000001.000100', 'U1', 'For the board')],
  })
  const page = await ada.open('/admin/import')
  const bring = async (isConfirmed: boolean) => {
    await page.locator('input[type=file]').setInputFiles(archive)
    await page.getByRole('checkbox', { name: 'Only look first' }).uncheck()
    await page.getByRole('checkbox', { name: 'I know that the e-mail addresses of the people here are theirs' }).setChecked(isConfirmed)
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await see(page.getByRole('heading', { name: 'The history is here' }))
  }
  const spaces = async () => (await bob.get('/spaces?mine=true')).items.map((space: { name: string }) => space.name)
  await bring(false)
  await see(page.getByRole('row', { name: /^Private spaces kept back 1/ }))
  expect(await spaces()).not.toContain('board')

  await page.getByRole('button', { name: 'Another archive' }).click()
  await bring(true)
  await gone(page.getByRole('row', { name: /^Private spaces kept back/ }))
  expect(await spaces()).toContain('board')
})

test('a file that is no archive ends in words and changes nothing', async () => {
  const { ada } = await stage.people({ ada: 'admin' })
  stage.expectTrouble(/422/)
  const page = await ada.open('/admin/import')
  const before = (await ada.get('/people?limit=100')).items.length
  await page.locator('input[type=file]').setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from('no zip at all') })
  await page.getByRole('button', { name: 'Look into the archive' }).click()
  await see(page.getByText(/zip/i).and(page.getByRole('alert')).first())
  expect((await ada.get('/people?limit=100')).items.length).toBe(before)
})

/** The small workspace of the importer's own tests, with a file, reactions, and a long talk. */
function workspace(lines: number) {
  const files = small()
  const start = 1700100000
  const talk = Array.from({ length: lines }, (_, at) => said(`${start + at}.000100`, at % 2 ? 'U1' : 'U2', `Line ${at} of a long talk`))
  const drawing = said('1700000003.000300', 'U1', 'The drawing', {
    files: [{ id: 'F1', name: 'drawing.pdf', mimetype: 'application/pdf', size: 4000, url_private: 'https://files.slack.com/F1' }],
    reactions: [{ name: 'tada', users: ['U1', 'U2'], count: 2 }],
  })
  return {
    ...files,
    'users.json': [...(files['users.json'] as object[]), user('U3', 'Zora')],
    'channels.json': [...(files['channels.json'] as object[]), channel('C2', 'talk', ['U1', 'U2'])],
    'general/2023-11-14.json': [...(files['general/2023-11-14.json'] as object[]), drawing],
    'talk/2023-11-16.json': talk,
  }
}

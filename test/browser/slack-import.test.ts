import { expect, test } from 'vitest'
import { channel, makeZip, said, small, user } from '../slack-archives.ts'
import { useStage } from './scene.ts'
import { entry, gone, see, seeLive, soon, thread } from './see.ts'

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

  await see(page.getByRole('heading', { name: 'What does not come' }))
  const letGo = await stage.holdWriting()
  await page.getByRole('button', { name: 'Now import it' }).click()
  await see(page.getByText('The import is running…'))
  await see(page.getByText(/Step 2 of 2: Bringing messages in · [\d,]+ of 3,003/))
  await see(page.getByRole('progressbar', { name: 'The import is running…' }))
  await letGo()
  await page.reload()
  await see(page.getByRole('heading', { name: 'The history is here' }))
  await see(page.getByRole('heading', { name: 'What did not come' }))
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

test('somebody is asked about words under their name, and they stand there when they say that these are theirs', async () => {
  const { ada, bob, eve } = await stage.people({ ada: 'admin', bob: 'member', eve: 'member' })
  const archive = await makeZip({
    'users.json': [user('U71', 'zed'), user('U72', bob.handle)],
    'channels.json': [channel('C71', 'harbour', ['U71', 'U72'])],
    'harbour/2023-11-14.json': [
      said('1700000001.000100', 'U72', 'I said this'),
      said('1700000002.000100', 'U71', 'And I that', { reactions: [{ name: 'tada', users: ['U72'] }] }),
    ],
  })
  const his = await bob.open('/inbox')
  await see(his.getByText('Nothing waits for you'))
  const page = await ada.open('/admin/import')
  await page.locator('input[type=file]').setInputFiles(archive)
  await page.getByRole('checkbox', { name: 'Only look first' }).uncheck()
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await see(page.getByRole('heading', { name: 'The history is here' }))
  await see(page.getByRole('row', { name: new RegExp(`^Words of people who take part here 1 .*@${bob.handle}`) }))

  const hers = await eve.open('/spaces')
  await hers.getByRole('link', { name: 'harbour', exact: true }).click()
  const words = entry(hers, 'I said this')
  await see(words.getByText(`${bob.name} (import)`))
  await see(words.getByText(new RegExp(`imported from Slack on .* by ${ada.name}`)))

  await seeLive(his.getByText('An import brought words that are said to be yours', { exact: true }))
  await his.getByRole('button', { name: 'Look at them' }).click()
  await see(his.getByRole('heading', { name: '1 message, 1 reaction' }))
  await his.getByRole('link', { name: 'Read it' }).click()
  await see(entry(his, 'I said this'))
  await his.goBack()
  await his.getByRole('button', { name: 'It is not mine' }).click()
  await see(his.getByText('You said that this is not yours.'))
  await his.getByRole('button', { name: 'It is mine' }).click()
  await his.getByRole('dialog').getByRole('button', { name: 'It is mine' }).click()
  await see(his.getByText('You confirmed it: it stands under your name'))
  await seeLive(words.getByRole('link', { name: bob.name, exact: true }))
  await see(words.getByText(new RegExp(`imported from Slack on .* by ${ada.name}`)))
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

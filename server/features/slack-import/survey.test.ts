import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plainText } from '../../kernel/text.ts'
import { openArchive } from './archive.ts'
import { namesFor } from '../../../test/slack-reading.ts'
import { channel, type Files, makeZip, said, small } from '../../../test/slack-archives.ts'
import { contentOf } from './content.ts'
import { surveySlack } from './commands.ts'
import { readDirectory } from './read-directory.ts'
import { toMarkdown } from './markdown.ts'
import { readMessage } from './model.ts'
import { words } from './prose.ts'
import { list, raw, string } from './raw.ts'
import { describe, Tally } from './report.ts'

const general = (...rows: unknown[]): Files => ({ ...small(), 'general/2023-11-14.json': rows })

test('the report names what is lost, and quotes nothing private', async () => {
  const report = await surveySlack(
    await makeZip({
      ...general(
        said('1700000001.000100', 'U1', 'hi', { edited: { ts: '1700000002.000100' } }),
        said('1700000001.000100', 'U1', 'twice'),
        said('1700000005.000100', 'U2', 'orphan', { thread_ts: '1690000001.000100' }),
        said('1700000006.000100', 'U2', 'see <#C404|gone>', { pinned_to: ['C1'] }),
      ),
      'groups.json': [channel('G1', 'layoffs', ['U1'])],
      'layoffs/2023-11-14.json': [
        said('1700000001.000100', 'U1', '', { files: [{ id: 'F1', name: 'list of names.xlsx' }] }),
      ],
      'elsewhere/2023-11-14.json': [],
      'canvases.json': [{ id: 'F7', title: 'Plan' }, { id: 'F8', title: 'Map', is_public: true }],
      'integration_logs.json': [],
      'notes.txt': 'x',
    }),
  )
  expect(report).toMatchObject({
    entries: 4,
    spaces: 2,
    edited: 1,
    placeholders: 1,
    replies: 1,
    files: 1,
    archive: { first: '2023-11-14', days: 2 },
  })
  const losses = Object.fromEntries(report.losses.map((loss) => [loss.code, loss]))
  expect(losses.missing_roots).toMatchObject({ count: 1, examples: [expect.stringContaining('#general 2023-07-22')] })
  expect(losses).toMatchObject({
    repeated_rows: { count: 1 },
    unknown_channel: { examples: ['#gone (C404)'] },
    pins: { count: 1 },
    unknown_folders: { examples: ['elsewhere'] },
    other_files: { examples: ['notes.txt'] },
    canvases: { count: 2, examples: ['Map'] },
  })
  expect(losses.file_contents).toMatchObject({ count: 1, examples: [] })
  expect(JSON.stringify(report)).not.toContain('layoffs')
  expect(describe(report)).toContain('4  messages')
})

test('a broken day at the very end is found before anything else is done', async () => {
  await expect(surveySlack(await makeZip({ ...small(), 'general/2024-01-01.json': '[{]' }))).rejects.toMatchObject({
    code: 'archive_broken_json',
  })
})

// A real export that is not in the repository: it is the speech of real people.
const real = join(import.meta.dirname, '../../../../shared/data/slack-dd2030/slack-export-dd2030.zip')

test.skipIf(!existsSync(real))(
  'a real workspace comes whole, with every word that was shown in Slack (skipped where the export is not at hand)',
  async () => {
    const report = await surveySlack(real)
    expect(report).toMatchObject({
      spaces: 36,
      people: 343,
      bots: 6,
      entries: 11_521,
      threads: 1403,
      replies: 6761,
      placeholders: 7,
      removed: 4,
      broadcasts: 723,
      reactions: 14_575,
      files: 965,
      edited: 1533,
    })
    expect(report.updates + report.replies + report.notices).toBe(report.entries)
    expect(report.losses.find((loss) => loss.code === 'unknown_channel')?.count).toBe(4)
    expect(
      report.losses.filter((loss) =>
        /^(unreadable|damaged|repeated|unknown_(block|element|mention|folders))/.test(loss.code),
      ),
    ).toEqual([])

    const archive = await openArchive(real)
    const tally = new Tally()
    const directory = await readDirectory(archive, tally)
    const bare = (text: string) => text.replace(/[\s\u00a0]+/g, '')
    let compared = 0
    for (const room of directory.channels.values()) {
      const names = namesFor(room, directory, tally)
      for (const day of archive.days(room.folder))
        for await (const { value } of archive.rows(`${room.folder}/${day}.json`)) {
          const blocks = contentOf(raw(value), names)
          const message = readMessage(value, { directory, channel: room, names, tally })!
          if (compared % 4 === 0) expect(bare(plainText(toMarkdown(blocks)))).toBe(bare(words(blocks)))
          if (!message.removed && message.kind !== 'notice')
            expect(message.body !== '' || message.files.length > 0, string(raw(value).ts)).toBe(true)
          if (list(raw(value).files).length) expect(message.files).toHaveLength(list(raw(value).files).length)
          compared += 1
        }
    }
    await archive.close()
    expect(compared).toBe(11_521)
  },
  120_000,
)

import { openArchive } from '../server/features/slack-import/archive.ts'
import type { Directory, SlackChannel } from '../server/features/slack-import/directory.ts'
import { readDirectory } from '../server/features/slack-import/read-directory.ts'
import { namesIn } from '../server/features/slack-import/names.ts'
import { Tally } from '../server/features/slack-import/report.ts'
import { messagesOf } from '../server/features/slack-import/survey.ts'
import { type Files, makeZip, small } from './slack-archives.ts'

/** Names as in a network where nobody of the archive is yet: people by the handles they had, spaces by their old ids. */
export const namesFor = (room: SlackChannel, directory: Directory, tally: Tally) =>
  namesIn(room, directory, { handle: (id) => directory.people.get(id)?.handle ?? null, space: (id) => `/spaces/${id}` }, tally)

/** The messages of an archive's channels, in order, with the tally of what was lost. */
export async function read(files: Files) {
  const archive = await openArchive(await makeZip(files))
  const tally = new Tally()
  const directory = await readDirectory(archive, tally)
  const messages = []
  for (const room of directory.channels.values()) {
    const names = namesFor(room, directory, tally)
    for (const day of archive.days(room.folder))
      for await (const { message } of messagesOf(archive, day, { directory, channel: room, names, tally }))
        messages.push(message)
  }
  await archive.close()
  return {
    messages,
    directory,
    tally,
    losses: Object.fromEntries(tally.lossesNow().map((loss) => [loss.code, loss.count])),
  }
}
/** The small archive with these messages instead of its own. */
export const general = (...rows: unknown[]): Files => ({ ...small(), 'general/2023-11-14.json': rows })
/** What becomes of one message. */
export const one = async (row: object, more: Files = {}) => (await read({ ...general(row), ...more })).messages[0]

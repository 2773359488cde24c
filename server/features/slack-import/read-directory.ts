import type { Archive } from './archive.ts'
import { readChannels } from './channels.ts'
import { Directory } from './directory.ts'
import { raw } from './raw.ts'
import type { Tally } from './report.ts'
import { teamOf, workspacesOf } from './workspaces.ts'

/**
 * Reads who and what an archive lists.
 * @throws Refusal when a list is broken
 */
export async function readDirectory(archive: Archive, tally: Tally): Promise<Directory> {
  const directory = new Directory(tally)
  for (const home of workspacesOf(archive))
    for (const file of home ? [`${home}users.json`] : ['org_users.json', 'users.json'])
      for await (const { value, damaged } of archive.rows(file)) {
        if (damaged) tally.lose('damaged_rows', file)
        directory.addUser(raw(value), teamOf(home))
      }
  directory.strangeLists = await readChannels(archive, directory, tally)
  return directory
}

import { Refusal } from '../../kernel/errors.ts'
import type { Archive } from './archive.ts'
import { pageKind } from './file-records.ts'
import { line, list, raw } from './raw.ts'
import type { Tally } from './report.ts'
import { workspacesOf } from './workspaces.ts'

type Page = 'canvases' | 'lists' | 'transcripts'

/** The files that list what Slack shows as pages of their own: links, with a title. */
export const pageLists = new Map<string, Page>([
  ['canvases.json', 'canvases'],
  ['lists.json', 'lists'],
  ['huddle_transcripts.json', 'transcripts'],
])

/** Counts the pages that an archive only lists; those that a message shows are counted there. */
export async function notePages(archive: Archive, tally: Tally): Promise<void> {
  for (const home of workspacesOf(archive))
    for (const [name, kind] of pageLists)
      if (archive.has(home + name)) await noteList(archive, home + name, kind, tally)
}

async function noteList(
  archive: Archive, name: string, kind: Page, tally: Tally,
): Promise<void> {
  try {
    let count = 0
    for await (const { value } of archive.rows(name)) {
      const page = raw(value)
      // Who may see the page may be few, and more people may read the report.
      const isPublic = page.is_public === true || list(page.channels).length > 0
      tally.loseOnce(pageKind(page) ?? kind, line(page.id, 40) || `${name} ${++count}`, isPublic ? line(page.title, 200) : '')
    }
  } catch (error) {
    // Nothing depends on such a list.
    if (!(error instanceof Refusal)) throw error
    tally.lose('other_files', name)
  }
}

import { sql } from 'kysely'
import { fillRecords } from '../../core/entries/contents.ts'
import type { Ctx, Host } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import type { Archive } from './archive.ts'
import type { Bundle } from './bundle.ts'
import type { SlackMessage } from './model.ts'
import type { Tally } from './report.ts'
import { rowsOf } from '../../kernel/rows.ts'
import type { Written } from '../../core/imports/schema.ts'
import { isOurs } from '../../core/imports/people.ts'

type Means = {
  host: Host
  archive: Archive
  bundle: Bundle
  tally: Tally
  written: Written
  importId: string
  /** throws when the import shall stop */
  heedStop: () => void
}

/**
 * Gives the files of these messages the contents that lie in the archive. Those that have theirs are left alone, so
 * that it can be repeated.
 */
export async function writeContents(means: Means, messages: SlackMessage[]): Promise<void> {
  for (const [external_id, ids] of await findRecords(means, messages)) {
    means.heedStop()
    if (await fillOne(means, external_id, ids)) means.written.contents += ids.length
  }
}

async function findRecords({ host, bundle, importId, tally }: Means, messages: SlackMessage[]): Promise<Map<string, string[]>> {
  const wanted = messages.flatMap(({ id, files }) =>
    files.filter((file) => !file.isGone && bundle.has(file.external_id)).map(({ external_id }) => ({ entry_id: id, external_id })))
  if (!wanted.length) return new Map()
  const found = new Map<string, string[]>()
  for (const { id, external_id, is_ours, import_id } of await recordsOf(host, wanted)) {
    // Under the name of somebody who takes part here no later archive puts contents either.
    if (is_ours && import_id !== importId) tally.lose('kept_words', '')
    else found.set(external_id, [...(found.get(external_id) ?? []), id])
  }
  return found
}

type FileRow = { id: string; external_id: string; is_ours: boolean; import_id: string | null }

async function recordsOf({ db }: Pick<Ctx, 'db'>, wanted: object[]): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select f.id, s.external_id, ${isOurs} as is_ours, e.import_id from ${rowsOf(wanted, 'entry_id uuid, external_id text')}
    join entry_files ef on ef.entry_id = r.entry_id join files f on f.id = ef.file_id and f.state = 'record'
    join slack_files s on s.file_id = f.id and s.external_id = r.external_id
    join entries e on e.id = r.entry_id and e.state = 'published' -- not content: which files miss their contents
    join people on people.id = e.author_id`.execute(db)
  return rows
}

async function fillOne({ host, archive, bundle, tally }: Means, external_id: string, ids: string[]): Promise<boolean> {
  const name = bundle.get(external_id)!
  const shown = name.split('/').at(-1)!
  const size = archive.size(name) ?? 0
  if (size > host.config.maxFileBytes) {
    tally.lose('large_files', shown, ids.length)
    return false
  }
  try {
    await fillRecords(host, ids, () => archive.open(name), size)
    return true
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    if (error.status === 507) tally.lose('no_room', shown, ids.length)
    else tally.lose('refused_files', `${shown}: ${error.message}`, ids.length)
    return false
  }
}

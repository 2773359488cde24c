import { relative } from 'node:path'
import { sql } from 'kysely'
import type { Host } from '../../kernel/context.ts'
import { type Content, type Fault, inspectContent, pathOf } from './store.ts'

/** Content that is not as it was taken in: where it should lie below the data folder, and some of the files it belongs to. */
export type Flaw = { fault: Fault; path: string; names: string[] }

const PAGE = 500
const MOST_TOLD = 100

/**
 * Reads everything in the store and holds it against what the database says of it. What is wrong can only be put back
 * from a backup.
 * @returns how many contents are wrong, and the first hundred of them
 */
export async function checkContents(host: Pick<Host, 'config' | 'db'>): Promise<{ wrong: number; flaws: Flaw[] }> {
  const found = { wrong: 0, flaws: [] as Flaw[] }
  for await (const content of recorded(host)) {
    const fault = await inspectContent(host.config, content)
    if (!fault) continue
    const names = await namesOf(host, content)
    // Nothing refers to it any more: it was cleaned away while we looked.
    if (!names.length) continue
    found.wrong++
    if (found.flaws.length < MOST_TOLD) found.flaws.push({ fault, path: relative(host.config.data, pathOf(host.config.data, content.sha256)), names })
  }
  return found
}

/** Every content that a row refers to, once, in the order of the store. */
async function* recorded({ db }: Pick<Host, 'db'>): AsyncGenerator<Content> {
  let last: Content = { sha256: Buffer.alloc(0), size: -1 }
  const above = () => sql`(${last.sha256}::bytea, ${last.size}::bigint)`
  for (;;) {
    const { rows } = await sql<Content>`
      (select distinct sha256, size from files where (sha256, size) > ${above()} order by sha256, size limit ${PAGE})
      union (select distinct thumbnail_sha256, thumbnail_size from files
        where (thumbnail_sha256, thumbnail_size) > ${above()} order by thumbnail_sha256, thumbnail_size limit ${PAGE})
      order by sha256, size limit ${PAGE}`.execute(db)
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)!
  }
}

async function namesOf({ db }: Pick<Host, 'db'>, { sha256, size }: Content): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from files where (sha256, size) = (${sha256}, ${size})
    union select 'the small form of ' || name from files where (thumbnail_sha256, thumbnail_size) = (${sha256}, ${size}) order by name limit 3`.execute(db)
  return rows.map((row) => row.name)
}

/** The flaws in words, a line each. */
export const describeFlaws = ({ wrong, flaws }: { wrong: number; flaws: Flaw[] }): string[] => [
  ...flaws.map(({ fault, path, names }) => `  ${fault}: ${path} (${names.join(', ')})`),
  ...(wrong > flaws.length ? [`  and ${wrong - flaws.length} more`] : []),
]

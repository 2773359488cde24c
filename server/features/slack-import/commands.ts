import { sql } from 'kysely'
import { type Ctx, type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { type Archive, type Limits, openArchive } from './archive.ts'
import type { SlackMessage } from './model.ts'
import { namesIn } from './names.ts'
import { type Job, findImport, findInterrupted } from './queries.ts'
import { type Report, Tally } from './report.ts'
import { type ImportView, type Position, type Written, nothingWritten } from './schema.ts'
import { type Progress, type Survey, messagesOf, survey } from './survey.ts'
import { withImportLock } from './import-lock.ts'
import { writeEntries } from './write-entries.ts'
import { type People, confirmAddresses, writePeople } from './write-people.ts'
import { type Place, type Places, announcePlace, findUpToDate, writeSpaces } from './write-spaces.ts'

export type ImportOptions = {
  /** the e-mail addresses of people who are here already are known to be theirs */
  confirmAddresses?: boolean
  limits?: Limits
  progress?: Progress
  /** asked between batches; an import that is told to stop goes on when it is run again */
  isStopped?: () => boolean
}

/** Messages of one transaction: large enough that its commit does not count, small enough to wait for. */
const batchSize = 500

/**
 * Imports a Slack export: a zip file or the folder it was unpacked to. What is here already stays as it is, so that
 * running it again changes nothing, a longer export adds what is new, and an interrupted import is simply run again.
 * The archive is read to its end first: a broken one changes nothing.
 * @throws Refusal with a code `archive_…`, or 409 `import_running`
 */
export async function importSlack(host: Host, path: string, options: ImportOptions = {}): Promise<ImportView> {
  const archive = await openArchive(path, options.limits)
  try {
    return await withImportLock(host, async () => {
      const found = await survey(archive, options.progress)
      const confirmed = options.confirmAddresses ?? false
      const job = (await findInterrupted(host, archive.fingerprint, confirmed)) ?? (await beginImport(host, archive.fingerprint, confirmed))
      await writeAll(host, archive, found, job, options)
      return findImport(host, job.id)
    })
  } finally {
    await archive.close()
  }
}

/** Reads an archive and tells what would come; no database is needed. @throws Refusal with a code `archive_…` */
export async function surveySlack(path: string, { limits, progress }: ImportOptions = {}): Promise<Report> {
  const archive = await openArchive(path, limits)
  try {
    return (await survey(archive, progress)).report
  } finally {
    await archive.close()
  }
}

async function beginImport(host: Host, fingerprint: string, confirmed: boolean): Promise<Job> {
  const id = newId()
  await host.db.insertInto('imports').values({
    id, kind: 'slack', state: 'running', dry_run: false, confirmed, fingerprint, archive: null, total: null, step: 'reading',
    position: null, report: null, written: null, error: null, started_by: null, finished_at: null,
  }).execute()
  return { id, archive: null, dry_run: false, confirmed, started_by: null, attempts: 0, position: null, done: 0, written: null }
}

/** Thrown when an import was asked to stop; it goes on when it is run again. */
export class Stopped extends Error {}

/** The writing half of an import. Everything it does is either done for good or not at all, batch by batch. */
export async function writeAll(host: Host, archive: Archive, found: Survey, job: Job, options: ImportOptions): Promise<void> {
  const { directory, tally, report } = found
  const written = job.written ?? nothingWritten()
  await host.db.updateTable('imports').set({ state: 'running', step: 'writing', total: tally.entries, fingerprint: archive.fingerprint }).where('id', '=', job.id).execute()
  const { people, places } = await inTransaction(host, SYSTEM, async (ctx) => {
    const who = await writePeople(ctx, directory, job.started_by, job.confirmed)
    if (job.confirmed || job.started_by) await confirmAddresses(ctx, who.people, job.confirmed ? null : job.started_by)
    const where = await writeSpaces(ctx, directory, who.people, tally)
    for (const handle of who.known) tally.lose('known_people', handle)
    written.people += who.added
    written.spaces += where.added
    written.memberships += where.memberships
    await ctx.db.updateTable('imports').set({ report: JSON.stringify({ ...report, losses: tally.lossesNow() }) }).where('id', '=', job.id).execute()
    return { people: who.people, places: where.places }
  })
  const run: Run = { host, archive, found, job, people, places, written, done: job.done, options }
  let isReached = job.position === null || !directory.channels.has(job.position.channel)
  for (const place of places.values()) {
    isReached ||= place.channel.external_id === job.position!.channel
    if (isReached) await writeChannel(run, place)
  }
  await host.db.updateTable('imports').set({
    state: 'done', step: null, position: null, done: tally.entries, written: JSON.stringify(written), finished_at: new Date().toISOString(),
  }).where('id', '=', job.id).execute()
}

type Run = { host: Host; archive: Archive; found: Survey; job: Job; people: People; places: Places; written: Written; done: number; options: ImportOptions }

async function writeChannel(run: Run, place: Place): Promise<void> {
  const { host, archive, job } = run
  const { channel } = place
  const before = sum(run.written)
  const upToDate = await findUpToDate({ db: host.db, host, actor: SYSTEM }, place)
  const queue = makeQueue(run, place)
  let newest: string | null = null
  try {
    for (const day of archive.days(channel.folder)) {
      if (job.position?.channel === channel.external_id && day < job.position.day) continue
      for await (const message of messagesIn(run, place, day)) {
        if (newest === null || message.id > newest) newest = message.id
        await queue.add(message, day)
      }
    }
    await queue.end()
  } finally {
    // Nothing is written any more once this import counts as over.
    await queue.settled()
  }
  await inTransaction(host, SYSTEM, (ctx) => announcePlace(ctx, place, upToDate, newest, sum(run.written) > before))
}

const sum = ({ added, changed, reactions }: Written) => added + changed + reactions

async function* messagesIn({ archive, found, people, places }: Run, { channel }: Place, day: string): AsyncGenerator<SlackMessage> {
  const { directory } = found
  // What is lost was counted when the archive was looked over.
  const tally = new Tally()
  const space = (id: string) => pathOf(places.get(id))
  const names = namesIn(channel, directory, { handle: (id) => people.get(id)?.handle ?? null, space }, tally)
  for await (const { message } of messagesOf(archive, day, { directory, channel, names, tally })) yield message
}

/** Collects messages and writes them in batches; while one is being written the next is collected. */
function makeQueue(run: Run, place: Place) {
  let batch: SlackMessage[] = []
  let lastDay = ''
  let writing: Promise<void> = Promise.resolve()
  const flush = async () => {
    await writing
    if (run.options.isStopped?.()) throw new Stopped('The import was stopped; run it again to go on.')
    const [messages, day] = [batch, lastDay]
    batch = []
    writing = writeBatch(run, place, messages, day)
    // It is awaited before the next one begins; until then a failure must not count as unhandled.
    writing.catch(() => {})
  }
  return {
    async add(message: SlackMessage, day: string) {
      batch.push(message)
      lastDay = day
      if (batch.length === batchSize) await flush()
    },
    async end() {
      if (batch.length) await flush()
      await writing
    },
    settled: () => writing.catch(() => {}),
  }
}

async function writeBatch(run: Run, place: Place, messages: SlackMessage[], day: string): Promise<void> {
  const { host, people, written } = run
  await inTransaction(host, SYSTEM, async (ctx) => {
    // A crash may take the last batches along, whole and with the position after them: they are written again.
    await sql`set local synchronous_commit = off`.execute(ctx.db)
    const result = await writeEntries(ctx, place, messages, people)
    for (const [sort, count] of Object.entries(result)) written[sort as keyof Written] += count
    run.done = Math.min(run.done + messages.length, run.found.tally.entries)
    await keep(ctx, run, { channel: place.channel.external_id, day })
  })
  run.options.progress?.(run.done)
}

const pathOf = (place: Place | undefined) => (place ? `${place.kind === 'direct' ? '/messages' : '/spaces'}/${place.id}` : null)

/** Notes how far the import is, in the transaction of what it has written. */
const keep = (ctx: Ctx, { job, written, done }: Run, position: Position) =>
  ctx.db.updateTable('imports').set({ written: JSON.stringify(written), done, position: JSON.stringify(position) }).where('id', '=', job.id).execute()

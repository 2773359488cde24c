import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import type { Archive } from './archive.ts'
import { writeEmoji } from './bundled-emoji.ts'
import type { SlackMessage } from './model.ts'
import { namesIn } from './names.ts'
import { findImport, type Job } from './queries.ts'
import { recordProgress } from './records.ts'
import { type Reason, Tally } from './report.ts'
import { type Written, nothingWritten } from './schema.ts'
import { askThem, findStandIns } from './stand-ins.ts'
import { type Progress, type Survey, messagesOf } from './survey.ts'
import type { Place, Places } from './target.ts'
import { writeContents } from './write-contents.ts'
import { writeEntries } from './write-entries.ts'
import { findUpToDate } from './write-members.ts'
import { type People, writePeople } from './write-people.ts'
import { announcePlace, writeSpaces } from './write-spaces.ts'

type Task = {
  host: Host
  archive: Archive
  found: Survey
  job: Job
  options: { progress?: Progress; isStopped?: () => boolean }
}
type Run = Task & { people: People; places: Places; written: Written; done: number }

/** Messages of one transaction: large enough that its commit does not count, small enough to wait for. */
const batchSize = 500

// What is found only when it is written, and only once; an import that goes on keeps it.
const foundOnce: Reason[] = ['large_files', 'refused_files', 'refused_emoji', 'no_room', 'kept_words', 'join_requests', 'kept_out', 'kept_members']

/** Thrown when an import was asked to stop; it goes on when it is run again. */
export class Stopped extends Error {}

/** The writing half of an import. Everything it does is either done for good or not at all, batch by batch. */
export async function writeAll(task: Task): Promise<void> {
  const { host, archive, found, job } = task
  const total = found.tally.entries
  await recordProgress(host, job.id, { state: 'running', step: 'writing', total, fingerprint: archive.fingerprint })
  const written = { ...nothingWritten(), ...job.written }
  const run: Run = { ...task, ...(await writeFrame(task, written)), written, done: job.done }
  await writeEmoji({ host, archive, tally: found.tally, by: job.started_by })
  let isReached = job.position === null || !found.directory.channels.has(job.position.channel)
  for (const place of run.places.values()) {
    isReached ||= place.channel.external_id === job.position!.channel
    if (isReached && !place.isHeld) await writeChannel(run, place)
  }
  await inTransaction(host, SYSTEM, async (ctx) => {
    await askThem(ctx, job, found.tally)
    const report = { ...found.report, losses: found.tally.lossesNow() }
    await recordProgress(ctx, job.id, { state: 'done', step: null, position: null, done: total, written, report })
  })
}

/** People and spaces, in one transaction: until it is done nothing of the import can be seen. */
const writeFrame = ({ host, found, job }: Task, written: Written) => inTransaction(host, SYSTEM, async (ctx) => {
  const { directory, tally, report } = found
  const before = await findImport(ctx, job.id)
  for (const { code, examples, count } of before.report?.losses ?? [])
    if (foundOnce.includes(code)) tally.lose(code, examples.join(' · '), count)
  const isMe = (id: string) => id === job.started_by
  const who = await writePeople(ctx, directory, { address: (id) => job.confirmed || isMe(id), words: isMe })
  await findStandIns(ctx, who.people, job.id)
  const where = await writeSpaces(ctx, directory, who.people, tally)
  for (const handle of who.known) tally.lose('known_people', handle)
  written.people += who.added
  written.spaces += where.added
  written.memberships += where.memberships
  await recordProgress(ctx, job.id, { report: { ...report, losses: tally.lossesNow() }, written })
  return { people: who.people, places: where.places }
})

async function writeChannel(run: Run, place: Place): Promise<void> {
  const { host, archive, job } = run
  const { channel } = place
  const before = sum(run.written)
  const upToDate = await findUpToDate(host, place)
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
  const isChanged = sum(run.written) > before
  await inTransaction(host, SYSTEM, (ctx) => announcePlace(ctx, place, upToDate, newest, isChanged))
}

const sum = ({ added, changed, reactions, contents }: Written) => added + changed + reactions + contents

async function* messagesIn(run: Run, { channel }: Place, day: string): AsyncGenerator<SlackMessage> {
  const { archive, found: { directory }, people, places } = run
  // What is lost was counted when the archive was looked over.
  const tally = new Tally()
  const handle = (id: string) => people.get(id)?.handle ?? null
  const names = namesIn(channel, directory, { handle, space: (id) => pathOf(places.get(id)) }, tally)
  for await (const { message } of messagesOf(archive, day, { directory, channel, names, tally })) yield message
}

const pathOf = (place: Place | undefined) =>
  place ? `${place.kind === 'direct' ? '/messages' : '/spaces'}/${place.id}` : null

/** Collects messages and writes them in batches; while one is being written the next is collected. */
function makeQueue(run: Run, place: Place) {
  let batch: SlackMessage[] = []
  let lastDay = ''
  let writing: Promise<void> = Promise.resolve()
  const flush = async () => {
    await writing
    heedStop(run)
    const messages = batch
    batch = []
    writing = writeBatch(run, place, messages, lastDay)
    // It is awaited before the next one begins; until then a failure must not count as unhandled.
    writing.catch(() => {})
  }
  return {
    add: async (message: SlackMessage, day: string) => {
      batch.push(message)
      lastDay = day
      if (batch.length === batchSize) await flush()
    },
    end: async () => {
      if (batch.length) await flush()
      await writing
    },
    settled: () => writing.catch(() => {}),
  }
}

async function writeBatch(run: Run, place: Place, messages: SlackMessage[], day: string): Promise<void> {
  const { host, people, written, job, found: { tally, report } } = run
  await inTransaction(host, SYSTEM, async (ctx) => {
    const result = await writeEntries(ctx, { place, people, importId: job.id, tally }, messages)
    for (const [sort, count] of Object.entries(result)) written[sort as keyof Written] += count
    run.done = Math.min(run.done + messages.length, run.found.tally.entries)
    const position = { channel: place.channel.external_id, day }
    // The position stays before files that are still to come: whoever goes on begins with them.
    const told = { written, done: run.done, report: { ...report, losses: tally.lossesNow() } }
    await recordProgress(ctx, job.id, { ...told, ...(hasContents(run, messages) ? {} : { position }) })
  })
  if (hasContents(run, messages)) await fillFiles(run, place, messages, day)
  run.options.progress?.(run.done)
}

const hasContents = ({ found: { bundle } }: Run, messages: SlackMessage[]) =>
  bundle.size > 0 && messages.some(({ files }) => files.some((file) => bundle.has(file.external_id)))

async function fillFiles(run: Run, place: Place, messages: SlackMessage[], day: string): Promise<void> {
  const { host, archive, job, written, found: { bundle, tally, report } } = run
  tally.discreet = place.visibility !== 'open'
  const means = { host, archive, bundle, tally, written, importId: job.id, heedStop: () => heedStop(run) }
  // Stopped between two files, it still knows how many there were.
  await writeContents(means, messages).finally(() => recordProgress(host, job.id, { written }))
  tally.discreet = false
  const position = { channel: place.channel.external_id, day }
  await recordProgress(host, job.id, { position, report: { ...report, losses: tally.lossesNow() } })
}

function heedStop({ options }: Run): void {
  if (options.isStopped?.()) throw new Stopped('The import was stopped; run it again to go on.')
}

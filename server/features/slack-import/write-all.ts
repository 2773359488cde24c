import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { inBatches } from '../../core/imports/batches.ts'
import type { Archive } from './archive.ts'
import { writeEmoji } from './bundled-emoji.ts'
import type { SlackMessage } from './model.ts'
import { namesIn } from './names.ts'
import { type RunOptions, Stopped } from '../../core/imports/importers.ts'
import { findImport, type Job } from '../../core/imports/queries.ts'
import { recordProgress } from '../../core/imports/records.ts'
import { type Reason, Tally } from './report.ts'
import { type Written, nothingWritten } from '../../core/imports/schema.ts'
import type { Position } from './schema.ts'
import { askThem, findStandIns } from '../../core/imports/stand-ins.ts'
import { type Survey, messagesOf } from './survey.ts'
import type { Place, Places } from './target.ts'
import { writeContents } from './write-contents.ts'
import { writeEntries } from './write-entries.ts'
import { findUpToDate } from '../../core/imports/read-positions.ts'
import { type People, writePeople } from '../../core/imports/people.ts'
import { announcePlace, writeSpaces } from './write-spaces.ts'

type Task = {
  host: Host
  archive: Archive
  found: Survey
  job: Job
  options: RunOptions
}
type Run = Task & { people: People; places: Places; written: Written; done: number }

// What is found only when it is written, and only once; an import that goes on keeps it.
const foundOnce: Reason[] = ['large_files', 'refused_files', 'refused_emoji', 'no_room', 'kept_words', 'join_requests', 'kept_out', 'kept_members']

/** The writing half of an import. Everything it does is either done for good or not at all, batch by batch. */
export async function writeAll(task: Task): Promise<void> {
  const { host, archive, found, job } = task
  const total = found.tally.entries
  await recordProgress(host, job.id, { state: 'running', step: 'writing', total, fingerprint: archive.fingerprint })
  const written = { ...nothingWritten(), ...job.written }
  const run: Run = { ...task, ...(await writeFrame(task, written)), written, done: job.done }
  await writeEmoji({ host, archive, tally: found.tally, by: job.started_by })
  const from = job.position as Position | null
  let isReached = from === null || !found.directory.channels.has(from.channel)
  for (const place of run.places.values()) {
    isReached ||= place.channel.external_id === from!.channel
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
    if (foundOnce.includes(code as Reason)) tally.lose(code as Reason, examples.join(' · '), count)
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
  const { host, job } = run
  const from = job.position as Position | null
  const before = sum(run.written)
  const upToDate = await findUpToDate(host, place)
  const seen = { newest: null as string | null }
  await inBatches(messagesFrom(run, place, from, seen), (batch) => writeBatch(run, place, batch.map(({ message }) => message), batch.at(-1)!.day))
  const isChanged = sum(run.written) > before
  await inTransaction(host, SYSTEM, (ctx) => announcePlace(ctx, place, upToDate, seen.newest, isChanged))
}

const sum = ({ added, changed, reactions, contents }: Written) => added + changed + reactions + contents

/** The messages from the day on where it was interrupted, with their days; notes the newest id. */
async function* messagesFrom(run: Run, place: Place, from: Position | null, seen: { newest: string | null }) {
  for (const day of run.archive.days(place.channel.folder)) {
    if (from?.channel === place.channel.external_id && day < from.day) continue
    for await (const message of messagesIn(run, place, day)) {
      if (seen.newest === null || message.id > seen.newest) seen.newest = message.id
      yield { message, day }
    }
  }
}

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

async function writeBatch(run: Run, place: Place, messages: SlackMessage[], day: string): Promise<void> {
  heedStop(run)
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
  if (options.isStopped?.()) throw new Stopped()
}

import { takeBrought } from '../../core/entries/hooks.ts'
import { inBatches } from '../../core/imports/batches.ts'
import { type RunOptions, Stopped } from '../../core/imports/importers.ts'
import { type People, writePeople } from '../../core/imports/people.ts'
import { findImport, type Job } from '../../core/imports/queries.ts'
import { findUpToDate, stayUpToDate } from '../../core/imports/read-positions.ts'
import { recordProgress } from '../../core/imports/records.ts'
import { nothingWritten, type Written } from '../../core/imports/schema.ts'
import { askThem, findStandIns } from '../../core/imports/stand-ins.ts'
import { lockSpace } from '../../core/spaces/enter.ts'
import { spaceImported } from '../../core/spaces/events.ts'
import { type Host, inTransaction, SYSTEM } from '../../kernel/context.ts'
import { emit } from '../../kernel/events.ts'
import type { Resolve } from './body.ts'
import type { Dump } from './dump.ts'
import { type Item, itemsOf, type Part, PARTS } from './items.ts'
import type { Reason } from './report.ts'
import { resolveIn } from './site.ts'
import type { Survey } from './survey.ts'
import { writeEntries } from './write-entries.ts'
import { findPlace, type Place } from './write-space.ts'
import { listWriters } from './writers.ts'

type Task = { host: Host; dump: Dump; found: Survey; job: Job; options: RunOptions }
type Run = Task & { people: People; place: Place; written: Written; done: number; resolve: Resolve; isChanged: boolean; newest: string | null }

/** Where an interrupted import goes on: the parts before this one are written, and of it what stands up to this row of its file. */
type Position = { part: Part; row: number }

// What is found only when it is written, and only once; an import that goes on keeps it.
const foundOnce: Reason[] = ['cut_texts', 'kept_words']

/** The writing half of an import. Everything it does is either done for good or not at all, batch by batch. */
export async function writeAll(task: Task): Promise<void> {
  const { host, dump, found, job } = task
  const total = found.tally.entries
  await recordProgress(host, job.id, { state: 'running', step: 'writing', total, fingerprint: dump.fingerprint })
  const written = { ...nothingWritten(), ...job.written }
  const frame = await writeFrame(task, written)
  const resolve = resolveIn(found.index, found.host ?? hostIn(job.name))
  const run: Run = { ...task, ...frame, written, done: job.done, resolve, newest: null }
  const upToDate = await findUpToDate(host, run.place)
  const from = job.position as Position | null
  for (const part of PARTS.slice(from ? PARTS.indexOf(from.part) : 0)) await writePart(run, part, from?.part === part ? from.row : 0)
  await inTransaction(host, SYSTEM, async (ctx) => {
    await lockSpace(ctx, run.place.id)
    await settleDuplicates(ctx, run)
    await askThem(ctx, job, found.tally)
    if (run.newest) await stayUpToDate(ctx, run.place, upToDate, run.newest)
    if (run.isChanged || job.position) await emit(ctx, spaceImported, { space_id: run.place.id }, { visibility: run.place.visibility })
    await recordProgress(ctx, job.id, { state: 'done', step: null, position: null, done: total, written, report: reportOf(run) })
  })
}

const reportOf = ({ found: { report, tally } }: Task) => ({ ...report, losses: tally.lossesNow() })

/** A file is often called as its site. */
const hostIn = (name: string | null) => (name && /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name) ? name.toLowerCase() : null)

/** People and the space, in one transaction: until it is done nothing of the import can be seen. */
const writeFrame = (task: Task, written: Written) => inTransaction(task.host, SYSTEM, async (ctx) => {
  const { found, job } = task
  const before = await findImport(ctx, job.id)
  for (const { code, examples, count } of before.report?.losses ?? [])
    if (foundOnce.includes(code as Reason)) found.tally.lose(code as Reason, examples.join(' · '), count)
  const { place, isNew } = await findPlace(ctx, found, job)
  // A dump has no addresses: nobody in it is known to be one of ours.
  const { people, added } = await writePeople(ctx, { source: 'stackexchange', people: listWriters(found.writers) }, { address: () => false, words: () => false })
  await findStandIns(ctx, people, job.id)
  written.people += added
  written.spaces += isNew ? 1 : 0
  written.memberships += isNew && job.started_by ? 1 : 0
  await recordProgress(ctx, job.id, { report: reportOf(task), written })
  return { people, place, isChanged: isNew }
})

const writePart = (run: Run, part: Part, from: number) =>
  inBatches(itemsOf(part, run.dump, run.found, run.resolve, from), (items) => writeBatch(run, part, items))

async function writeBatch(run: Run, part: Part, items: Item[]): Promise<void> {
  const { host, place, people, written, job, found: { tally }, options } = run
  if (options.isStopped?.()) throw new Stopped()
  await inTransaction(host, SYSTEM, async (ctx) => {
    const { scores, ...result } = await writeEntries(ctx, { place, people, importId: job.id, tally }, items)
    for (const [sort, count] of Object.entries(result)) written[sort as keyof Written] += count
    run.isChanged ||= result.added + result.changed + scores > 0
    run.done = Math.min(run.done + items.length, tally.entries)
    const position: Position = { part, row: items.at(-1)!.row }
    await recordProgress(ctx, job.id, { position, written, done: run.done, report: reportOf(run) })
  })
  for (const { id } of items) if (run.newest === null || id > run.newest) run.newest = id
  options.progress?.(run.done)
}

/** Last of all: only now every question that another one repeats is here. */
async function settleDuplicates(ctx: Parameters<typeof takeBrought>[0], run: Run): Promise<void> {
  const { found: { duplicates, index }, place } = run
  const carried = duplicates.map(([post, other]) => {
    const entry = { id: index.entryOf(index.find(post)!), kind: 'question', root_id: null, space: place, title: '', body: '', writer: SYSTEM }
    return { entry, isNew: false, value: index.entryOf(index.find(other)!) }
  })
  const linked = await takeBrought(ctx, 'duplicate_of', carried, { quiet: true })
  run.isChanged ||= Number(linked) > 0
}

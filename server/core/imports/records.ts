import type { Ctx } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import type { Job } from './queries.ts'

type Beginning = Pick<Job, 'kind' | 'dry_run' | 'confirmed'>
  & Partial<Pick<Job, 'id' | 'archive' | 'started_by' | 'name' | 'space_id'>> & { fingerprint?: string }

/** Notes that an import begins: an uploaded archive waits, one on the command line runs at once. */
export async function recordImport(ctx: Pick<Ctx, 'db'>, given: Beginning): Promise<Job> {
  const { id = newId(), kind, archive = null, started_by = null, fingerprint = null, name = null, space_id = null, dry_run, confirmed } = given
  const state = archive ? 'waiting' : 'running'
  const nothing = { total: null, step: null, position: null, report: null, written: null, error: null }
  await ctx.db.insertInto('imports').values({
    id, kind, state, dry_run, confirmed, fingerprint, archive, name, space_id, started_by, finished_at: null, ...nothing,
  }).execute()
  return { id, kind, archive, dry_run, confirmed, started_by, name, space_id, attempts: 0, position: null, done: 0, written: null }
}

type Change = {
  state?: 'running' | 'done' | 'failed'
  step?: 'reading' | 'writing' | null
  done?: number
  total?: number
  attempts?: number
  fingerprint?: string
  archive?: null
  position?: object | null
  report?: object
  written?: object
  error?: object
}

const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : value)

/** Notes how far an import is; an end (done or failed) gets its time. */
export async function recordProgress(ctx: Pick<Ctx, 'db'>, id: string, change: Change): Promise<void> {
  const { position, report, written, error, ...plain } = change
  const ended = change.state === 'done' || change.state === 'failed' ? { finished_at: new Date().toISOString() } : {}
  const objects = { position: json(position), report: json(report), written: json(written), error: json(error) }
  await ctx.db.updateTable('imports').set({ ...plain, ...ended, ...objects }).where('id', '=', id).execute()
}

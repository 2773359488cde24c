import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { conflict, Refusal } from '../../kernel/errors.ts'
import { freeBytes } from '../../kernel/room.ts'
import { isFree } from './attach.ts'

const MB = 1048576
const shown = (bytes: number) => `${Math.ceil(bytes / MB).toLocaleString('en')} MB`

const uploaded = sql<number>`coalesce(sum(files.size + coalesce(files.thumbnail_size, 0)), 0)::float8`
// Everything unattached is of the last day: then it is forgotten.
const lately = sql<boolean>`files.created_at > now() - interval '24 hours'`
const inDay = (ctx: Ctx) => ctx.db.selectFrom('files').where('state', '=', 'stored').where(lately)
  .select([uploaded.as('day'), sql<number>`coalesce(sum(files.size + coalesce(files.thumbnail_size, 0)) filter (where ${isFree}), 0)::float8`.as('waiting')])

/** What the actor uploaded in the last 24 hours, what of it nothing shows yet, and how much both may be; bytes. */
export async function findUsage(ctx: Ctx) {
  const { perDay, waiting } = ctx.host.config.uploads
  const found = await inDay(ctx).where('owner_id', '=', ctx.actor.id).executeTakeFirstOrThrow()
  return { day: found.day, day_limit: perDay, waiting: found.waiting, waiting_limit: waiting }
}

/** What all stored files take, for administrators; contents that several have are counted for each. */
export async function findStorageUsage(ctx: Ctx) {
  const { config } = ctx.host
  const all = await ctx.db.selectFrom('files').where('state', '=', 'stored')
    .select([sql<number>`count(*)::int`.as('files'), uploaded.as('bytes')]).executeTakeFirstOrThrow()
  return { ...all, ...(await inDay(ctx).executeTakeFirstOrThrow()), limit: config.storeBytes, disk_free: await freeBytes(config) }
}

/**
 * Looks whether the actor may upload so much more. In a transaction nobody else uploads in their name until its end, so
 * that many at once do not slip through together.
 * @throws Refusal 429, 409 or 507
 */
export async function demandQuota(ctx: Ctx, bytes: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`uploads ${ctx.actor.id}`}, 0))`.execute(ctx.db)
  const { day, day_limit, waiting, waiting_limit } = await findUsage(ctx)
  if (day + bytes > day_limit)
    throw new Refusal(429, 'upload_quota_day', `${shown(day)} of the ${shown(day_limit)} that one may upload in a day are used, and this does not fit into the rest. Come back later, or ask an administrator for more.`, { retry_after: 3600 })
  if (waiting + bytes > waiting_limit)
    throw conflict('upload_quota_waiting', `${shown(waiting)} of your uploads are attached to nothing yet; ${shown(waiting_limit)} may be. Attach them first, or wait: after a day they are forgotten.`)
  await demandStore(ctx, bytes)
}

/** Looks whether all files together may take so much more. @throws Refusal 507 `store_full` */
export async function demandStore(ctx: Pick<Ctx, 'db' | 'host'>, bytes: number): Promise<void> {
  const { storeBytes } = ctx.host.config
  if (storeBytes === null) return
  const { rows: [{ all }] } = await sql<{ all: number }>`select coalesce(sum(size + coalesce(thumbnail_size, 0)), 0)::float8 as all from files where state = 'stored'`.execute(ctx.db)
  if (all + bytes > storeBytes)
    throw new Refusal(507, 'store_full', `All files together take ${shown(all)} of the ${shown(storeBytes)} that this network keeps, and this does not fit into the rest. Tell an administrator.`)
}

import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { Ctx, Host } from '../../kernel/context.ts'
import { newId } from '../../kernel/ids.ts'
import { cookieOf, makeCookie } from './cookies.ts'
import { digest, newSecret } from './credentials.ts'

const DAYS = 400
const MOST = 20
const NAME = 'device'

const secretIn = (host: Host, headers: IncomingHttpHeaders) =>
  /^fmd_[\w-]{43}$/.exec(cookieOf(headers, NAME, host.config.url) ?? '')?.[0]

/** The browser this person signed in with before, if this is one. It opens nothing: it only spares them from waiting for what strangers do. */
export async function findDevice(host: Host, headers: IncomingHttpHeaders, personId: string): Promise<string | null> {
  const row = await host.db.selectFrom('devices').select('id').where('secret_hash', '=', digest(secretIn(host, headers) ?? ''))
    .where('person_id', '=', personId).executeTakeFirst()
  return row?.id ?? null
}

/** Notes that this person signed in with this browser; returns the cookie by which it is known again. */
export async function rememberDevice(ctx: Ctx, headers: IncomingHttpHeaders, personId: string): Promise<string> {
  // Several people may use one browser, so it keeps the secret it has.
  const secret = secretIn(ctx.host, headers) ?? newSecret('fmd_')
  await ctx.db.insertInto('devices').values({ id: newId(), secret_hash: digest(secret), person_id: personId })
    .onConflict((c) => c.columns(['person_id', 'secret_hash']).doUpdateSet({ last_used_at: sql<string>`now()` })).execute()
  await sql`delete from devices where id in (select id from devices where person_id = ${personId} order by last_used_at desc offset ${MOST})`.execute(ctx.db)
  return makeCookie(ctx.host.config.url, NAME, secret, DAYS * 86_400)
}

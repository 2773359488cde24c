import type { IncomingHttpHeaders } from 'node:http'
import { sql } from 'kysely'
import type { z } from 'zod'
import { admitPerson } from '../../core/people/commands.ts'
import { digest, newSecret } from '../../core/people/credentials.ts'
import { beginSession } from '../../core/people/sessions.ts'
import type { Ctx } from '../../kernel/context.ts'
import { Refusal } from '../../kernel/errors.ts'
import { languageIn, languageOf } from '../../kernel/language.ts'
import { openGeneral } from '../../core/spaces/defaults.ts'
import { isEmpty, nameNetwork } from './network.ts'
import type { SetupInput } from './schema.ts'

/** The one-time link of an empty network; a new one each start, and none once somebody is there. */
export async function makeSetupLink(ctx: Ctx): Promise<string | null> {
  if (!(await isEmpty(ctx))) return null
  const token = newSecret('fmu_')
  await ctx.db.insertInto('setup_links').values({ token_hash: digest(token) }).execute()
  return `${ctx.host.config.url}/setup?token=${token}`
}

/** The first person comes in by the one-time link, names the network and owns it; the space that all will follow is there at once. */
export async function setUp(ctx: Ctx, input: z.output<typeof SetupInput>, headers: IncomingHttpHeaders) {
  // Two people with the link at once: the second waits here, and then finds that it was used.
  await sql`lock table setup_links in exclusive mode`.execute(ctx.db)
  const link = await ctx.db.selectFrom('setup_links').selectAll().where('token_hash', '=', digest(input.token)).executeTakeFirst()
  if (!link || !(await isEmpty(ctx)))
    throw new Refusal(403, 'link_used', 'This link is not valid any more. Start the server again to get a new one while the network is empty.')
  await nameNetwork(ctx, input.network)
  const { name, handle, email } = input
  const id = await admitPerson(ctx, { name, handle, email, role: 'owner', kind: 'person' }, input.password)
  await ctx.db.updateTable('people').set({ time_zone: input.time_zone ?? '', language: languageIn(headers['accept-language']) }).where('id', '=', id).execute()
  await ctx.db.deleteFrom('setup_links').execute()
  await openGeneral({ ...ctx, actor: { id, role: 'owner', session: null } }, languageOf(headers['accept-language']))
  return { id, ...(await beginSession(ctx, id, headers)) }
}

import type { z } from 'zod'
import { openGeneral } from '../../core/spaces/defaults.ts'
import { countPeople, findNetwork } from '../../core/people/queries.ts'
import { visibleSpaces } from '../../core/spaces/visibility.ts'
import { networkChanged } from '../../core/people/events.ts'
import { type Ctx, inTransaction, isAdmin } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { emit } from '../../kernel/events.ts'
import { newId } from '../../kernel/ids.ts'
import type { Language } from '../../kernel/language.ts'
import { previewsSwitched } from '../link-previews/events.ts'
import { drawLogo, keepLogo } from './logo.ts'
import type { NetworkChange } from './schema.ts'

export const isEmpty = async (ctx: Pick<Ctx, 'db'>) => !(await ctx.db.selectFrom('people').select('id').limit(1).executeTakeFirst())

/** What anybody may know before signing in; more for who is here, and its settings for those who look after it. */
export async function describeNetwork(ctx: Ctx) {
  const network = await findNetwork(ctx)
  return {
    name: network?.name ?? null, colour: network?.colour ?? 'moss', logo: network?.logo ?? null, language: network?.language ?? null, setup_needed: await isEmpty(ctx), mail: ctx.host.mail.configured,
    ...(ctx.actor.session && { people_count: await countPeople(ctx) }), ...(isAdmin(ctx.actor) && network && { settings: await settings(ctx) }),
  }
}

async function settings(ctx: Ctx) {
  const { language, members_invite, presence, link_previews, members_add_emoji, default_spaces, mail_tried_at } = await ctx.db.selectFrom('network').selectAll().executeTakeFirstOrThrow()
  const spaces = default_spaces.length
    ? await visibleSpaces(ctx).where('spaces.id', 'in', default_spaces).where('spaces.state', '=', 'active').select(['spaces.id', 'spaces.name']).execute() : []
  const { url, urlIsGiven } = ctx.host.config
  return {
    language, members_invite, presence, link_previews, members_add_emoji, default_spaces: spaces, mail_tried_at, address: url,
    /** it is said by FOLKMOOT_URL, and is changed there */
    address_is_given: urlIsGiven, address_is_local: isLocal(url), mail_from: ctx.host.mail.configured ? ctx.host.config.mailFrom : null,
  }
}

/** Whether only this machine itself knows an address. */
export function isLocal(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.')
}

/** Names the network, or gives it another name. */
export const nameNetwork = (ctx: Ctx, name: string) =>
  ctx.db.insertInto('network').values({ id: newId(), name }).onConflict((c) => c.column('singleton').doUpdateSet({ name })).execute()

/** Changes what the network is called, how it looks, and what newcomers meet. @throws Refusal 422 `not_for_all`, `not_a_logo` */
export async function changeNetwork(ctx: Ctx, { logo, logo_dark, ...change }: z.output<typeof NetworkChange>) {
  // Drawn before the transaction: others need not wait for it.
  const [light, dark] = await Promise.all([drawn(logo), drawn(logo_dark)])
  return inTransaction(ctx.host, ctx.actor, async (inside) => {
    if (light !== undefined) await keepLogo(inside, 'light', light)
    if (dark !== undefined) await keepLogo(inside, 'dark', dark)
    return keepChange(inside, change)
  })
}

const drawn = async (given: string | null | undefined) => (given ? drawLogo(given) : (given as null | undefined))

async function keepChange(ctx: Ctx, { default_spaces, ...change }: Omit<z.output<typeof NetworkChange>, 'logo' | 'logo_dark'>) {
  const spaces = default_spaces && [...new Set(default_spaces)]
  if (spaces?.length) {
    const open = await visibleSpaces(ctx).where('spaces.id', 'in', spaces).where('spaces.kind', '=', 'community').where('spaces.visibility', '=', 'open')
      .where('spaces.state', '=', 'active').select('spaces.id').execute()
    if (open.length !== spaces.length) throw invalid('not_for_all', 'Everybody can follow open spaces only. Choose others.')
  }
  const set = { ...change, ...(spaces && { default_spaces: spaces }) }
  if (Object.keys(set).length) await ctx.db.updateTable('network').set(set).execute()
  if (change.link_previews !== undefined) await emit(ctx, previewsSwitched, {}, { on: change.link_previews })
  await emit(ctx, networkChanged, {}, {})
  return describeNetwork(ctx)
}

/** Opens the general space in a network that has none that all follow. @throws Refusal 409 `has_general` */
export async function addGeneral(ctx: Ctx, language: Language) {
  const { default_spaces } = await ctx.db.selectFrom('network').select('default_spaces').forUpdate().executeTakeFirstOrThrow()
  if (default_spaces.length) throw conflict('has_general', 'There is a space that everybody follows already.')
  return openGeneral(ctx, language)
}

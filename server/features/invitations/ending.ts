import type { Ctx } from '../../kernel/context.ts'

/** Withdraws all of the actor's invitations that somebody could still come in by. */
export const withdrawOpen = (ctx: Ctx) => ctx.db.deleteFrom('invitations').where('invited_by', '=', ctx.actor.id)
  .where((eb) => eb.or([eb('uses', 'is', null), eb('used', '<', eb.ref('uses'))])).execute()

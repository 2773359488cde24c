import { sql } from 'kysely'
import type { Ctx } from '../../kernel/context.ts'
import { defaultSpaces } from '../../core/spaces/defaults.ts'
import { isLocal } from './network.ts'

/** What whoever begins a network has still to do, as things are: a step is done when it shows, however it was done. */
export async function firstSteps(ctx: Ctx) {
  const me = ctx.actor.id
  const { rows } = await sql<{ dismissed: boolean; mail: boolean; post: boolean; profile: boolean; people: boolean }>`
    select n.first_steps_dismissed as dismissed, n.mail_tried_at is not null as mail,
      -- not content: whether the actor has written anything
      exists (select from entries e where e.author_id = ${me} and e.state = 'published') as post,
      exists (select from people p where p.id = ${me} and (p.photo is not null or p.title <> '')) as profile,
      (exists (select from people p where p.id <> ${me} and p.password_hash is not null) or exists (select from invitations)) as people
    from network n`.execute(ctx.db)
  const [{ dismissed, ...done }] = rows
  const steps = {
    post: done.post, people: done.people, address: !isLocal(ctx.host.config.url), mail: done.mail && ctx.host.mail.configured,
    general: (await defaultSpaces(ctx)).length > 0, profile: done.profile,
  }
  return { dismissed, steps: Object.entries(steps).map(([name, isDone]) => ({ name, done: isDone })) }
}

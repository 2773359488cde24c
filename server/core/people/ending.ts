import type { Ctx } from '../../kernel/context.ts'

type Ending = (ctx: Ctx) => Promise<unknown>
const endings: Ending[] = []

/** Says what else a feature takes back when the actor ends everything, because somebody else may have been in their account. */
export const onEndEverything = (end: Ending): void => void endings.push(end)

/** Takes all of that back. */
export async function endTheRest(ctx: Ctx): Promise<void> {
  for (const end of endings) await end(ctx)
}

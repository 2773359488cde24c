import type { Ctx } from '../../kernel/context.ts'

/**
 * Says something about a person to all who share a conversation or another space with them that is not open to everybody.
 * `type` is what the web translates, `body` the same in English for programs.
 */
export type TellAbout = (ctx: Ctx, person: string, said: { type: string; body: string }) => Promise<void>

let tell: TellAbout | null = null

/** The feature that has a kind of entry for it takes it in here from those that have something to tell. */
export const onTell = (how: TellAbout): void => void (tell = how)

export const tellWhoTheyTalkWith: TellAbout = async (ctx, person, said) => {
  if (!tell) throw new Error('No feature tells people about each other.')
  await tell(ctx, person, said)
}

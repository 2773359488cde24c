import type { Language } from '../../kernel/language.ts'
import { composeLetter } from '../../kernel/letters.ts'
import type { Letter } from '../../kernel/mail.ts'

type Invitation = { to: string; network: string; inviter: string; url: string; spaces: string[]; expires_at: string | null; claims: boolean }

const words = {
  en: {
    invites: (inviter: string, network: string) => `${inviter} invites you to ${network}`,
    claims: 'What you wrote before is there already, under your name.',
    spaces: (list: string) => `You will be in ${list}.`,
    open: 'Open this link to come in. It is for you alone and works once:',
    until: (date: string) => `It works until ${date}.`,
    unexpected: 'If you did not expect this, do nothing.',
  },
  de: {
    invites: (inviter: string, network: string) => `${inviter} lädt dich zu ${network} ein`,
    claims: 'Was du früher geschrieben hast, steht schon dort, unter deinem Namen.',
    spaces: (list: string) => `Du bist dann in ${list}.`,
    open: 'Öffne diesen Link, um hereinzukommen. Er ist nur für dich und gilt nur einmal:',
    until: (date: string) => `Er gilt bis ${date}.`,
    unexpected: 'Wenn du damit nichts anfangen kannst, tu nichts.',
  },
}

/** The letter that carries an invitation. Who gets it is mostly not known yet; then it speaks the language of who invites. */
export function invitationLetter(language: Language, { to, network, inviter, url, spaces, expires_at, claims }: Invitation): Letter {
  const say = words[language]
  const subject = say.invites(inviter, network)
  const before = [
    `${subject}.`,
    ...(claims ? [say.claims] : []),
    ...(spaces.length ? [say.spaces(new Intl.ListFormat(language).format(spaces))] : []),
    say.open,
  ]
  const date = expires_at && new Date(expires_at).toLocaleDateString(language, { dateStyle: 'long', timeZone: 'UTC' })
  return composeLetter({ to, subject, before, url, after: [...(date ? [say.until(date)] : []), say.unexpected] })
}

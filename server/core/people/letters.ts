import type { Language } from '../../kernel/language.ts'
import { composeLetter } from '../../kernel/letters.ts'
import type { Letter } from '../../kernel/mail.ts'

// What somebody may write freely, such as their name, stands in none of these: they go to addresses of anybody.
type Facts = { to: string; network: string; handle: string }

const words = {
  en: {
    confirm: (network: string) => `Confirm your address at ${network}`,
    wanted: (handle: string, network: string) => `This is to be the e-mail address of @${handle} at ${network}.`,
    open: 'If this is you, open this link and sign in. It works once, for 24 hours:',
    unasked: 'If you did not ask for this, do nothing; then nothing changes.',
    changed: (network: string) => `Your address at ${network} was changed`,
    now: (handle: string, network: string, email: string) =>
      `The e-mail address of @${handle} at ${network} is ${email} now. This one is not used any more.`,
    alarm: 'If this was not you, change your password, end all sessions you do not know (Settings → Security), and tell an administrator.',
  },
  de: {
    confirm: (network: string) => `Bestätige deine Adresse bei ${network}`,
    wanted: (handle: string, network: string) => `Das soll die E-Mail-Adresse von @${handle} bei ${network} werden.`,
    open: 'Wenn du das bist, öffne diesen Link und melde dich an. Er gilt einmal und 24 Stunden lang:',
    unasked: 'Wenn du nicht darum gebeten hast, tu nichts; dann ändert sich nichts.',
    changed: (network: string) => `Deine Adresse bei ${network} wurde geändert`,
    now: (handle: string, network: string, email: string) =>
      `Die E-Mail-Adresse von @${handle} bei ${network} ist jetzt ${email}. Diese hier wird nicht mehr verwendet.`,
    alarm: 'Wenn du das nicht warst, ändere dein Passwort, beende alle Sitzungen, die du nicht kennst (Einstellungen → Sicherheit), und sag der Administration Bescheid.',
  },
}

/** Goes to a new address and carries the link that confirms it. */
export function confirmAddressLetter(language: Language, { to, network, handle, url }: Facts & { url: string }): Letter {
  const say = words[language]
  return composeLetter({ to, subject: say.confirm(network), before: [say.wanted(handle, network), say.open], url, after: [say.unasked] })
}

/** Tells the old address that there is a new one. */
export function addressChangedLetter(language: Language, { to, network, handle, email }: Facts & { email: string }): Letter {
  const say = words[language]
  return composeLetter({ to, subject: say.changed(network), before: [say.now(handle, network, email), say.alarm] })
}

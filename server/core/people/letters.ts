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
    touched: (network: string) => `Your account at ${network} was changed`,
    deed: {
      password: (handle: string, network: string) => `The password of @${handle} at ${network} was changed. Other sessions were ended.`,
      reset_link: (handle: string, network: string) => `An administrator made a link that sets a new password for @${handle} at ${network}.`,
      passkey: (handle: string, network: string) => `A passkey was added that opens the account of @${handle} at ${network}.`,
      passkey_removed: (handle: string, network: string) => `A passkey of @${handle} at ${network} was removed.`,
      token: (handle: string, network: string) => `An API token was made for @${handle} at ${network}. A program that holds it acts in this name.`,
      everything: (handle: string, network: string) => `All other sessions and all API tokens of @${handle} at ${network} were ended.`,
      address: (handle: string, network: string) => `Somebody asked for another e-mail address for @${handle} at ${network}. Nothing changes until it is confirmed.`,
    },
    joined: (network: string) => `${network} has another administrator`,
    administers: (handle: string, network: string, by: string) => `@${handle} is an administrator of ${network} now, made so ${by}.`,
    by: (handle?: string) => (handle ? `by @${handle}` : 'on the command line of the server'),
    ask: 'If you know nothing of it, ask who did this. Under Administration → People you can take it back.',
    alarm: 'If this was not you, change your password, end everything else (Settings → Security), and tell an administrator.',
  },
  de: {
    confirm: (network: string) => `Bestätige deine Adresse bei ${network}`,
    wanted: (handle: string, network: string) => `Das soll die E-Mail-Adresse von @${handle} bei ${network} werden.`,
    open: 'Wenn du das bist, öffne diesen Link und melde dich an. Er gilt einmal und 24 Stunden lang:',
    unasked: 'Wenn du nicht darum gebeten hast, tu nichts; dann ändert sich nichts.',
    changed: (network: string) => `Deine Adresse bei ${network} wurde geändert`,
    now: (handle: string, network: string, email: string) =>
      `Die E-Mail-Adresse von @${handle} bei ${network} ist jetzt ${email}. Diese hier wird nicht mehr verwendet.`,
    touched: (network: string) => `An deinem Zugang zu ${network} hat sich etwas geändert`,
    deed: {
      password: (handle: string, network: string) => `Das Passwort von @${handle} bei ${network} wurde geändert. Andere Sitzungen wurden beendet.`,
      reset_link: (handle: string, network: string) => `Die Administration hat einen Link erstellt, mit dem @${handle} bei ${network} ein neues Passwort bekommt.`,
      passkey: (handle: string, network: string) => `Es gibt einen neuen Passkey, der @${handle} bei ${network} einlässt.`,
      passkey_removed: (handle: string, network: string) => `Ein Passkey von @${handle} bei ${network} wurde entfernt.`,
      token: (handle: string, network: string) => `Für @${handle} bei ${network} wurde ein API-Token erstellt. Ein Programm, das es hat, handelt unter diesem Namen.`,
      everything: (handle: string, network: string) => `Alle anderen Sitzungen und alle API-Tokens von @${handle} bei ${network} wurden beendet.`,
      address: (handle: string, network: string) => `Für @${handle} bei ${network} soll es eine andere E-Mail-Adresse geben. Bis sie bestätigt ist, ändert sich nichts.`,
    },
    joined: (network: string) => `Bei ${network} verwaltet jetzt noch jemand`,
    administers: (handle: string, network: string, by: string) => `@${handle} verwaltet jetzt ${network} mit; festgelegt wurde das ${by}.`,
    by: (handle?: string) => (handle ? `von @${handle}` : 'auf der Kommandozeile des Servers'),
    ask: 'Wenn du davon nichts weißt, frag nach. Unter Verwaltung → Personen kannst du es zurücknehmen.',
    alarm: 'Wenn du das nicht warst, ändere dein Passwort, beende alles andere (Einstellungen → Sicherheit), und sag der Administration Bescheid.',
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

/** What is done to an account that its person should hear of. */
export type Deed = keyof (typeof words)['en']['deed']

/** Tells somebody what was done to their account. */
export function deedLetter(language: Language, { to, network, handle, deed }: Facts & { deed: Deed }): Letter {
  const say = words[language]
  return composeLetter({ to, subject: say.touched(network), before: [say.deed[deed](handle, network), say.alarm] })
}

/** Tells an administrator that there is another one. */
export function administratorLetter(language: Language, { to, network, handle, by }: Facts & { by?: string }): Letter {
  const say = words[language]
  return composeLetter({ to, subject: say.joined(network), before: [say.administers(handle, network, say.by(by)), say.ask] })
}

import type { Language } from '../../kernel/language.ts'
import { composeLetter } from '../../kernel/letters.ts'
import type { Letter } from '../../kernel/mail.ts'

const words = {
  en: {
    subject: (network: string) => `A new password for ${network}`,
    asked: (handle: string, network: string) => `Somebody asked for a new password for @${handle} at ${network}.`,
    open: 'If this is you, open this link and choose one. It works once, for an hour:',
    unasked: 'If you did not ask for this, do nothing; then nothing changes.',
  },
  de: {
    subject: (network: string) => `Ein neues Passwort für ${network}`,
    asked: (handle: string, network: string) => `Für @${handle} bei ${network} wurde ein neues Passwort verlangt.`,
    open: 'Wenn du das warst, öffne diesen Link und wähle eines. Er gilt einmal und eine Stunde lang:',
    unasked: 'Wenn du nicht darum gebeten hast, tu nichts; dann ändert sich nichts.',
  },
}

/** Carries the link by which somebody chooses a new password. */
export function resetLetter(language: Language, { to, network, handle, url }: { to: string; network: string; handle: string; url: string }): Letter {
  const say = words[language]
  return composeLetter({ to, subject: say.subject(network), before: [say.asked(handle, network), say.open], url, after: [say.unasked] })
}

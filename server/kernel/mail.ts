import type { Config } from './config.ts'

/** `link` is the secret that belongs where `[link]` stands in the text. */
export type Letter = { to: string; subject: string; text: string; html?: string; link?: string }
/** Sends one letter; `configured` says whether it leaves the house. */
export type Mailer = { configured: boolean; deliver: (letter: Omit<Letter, 'link'> & { id: string }) => Promise<void> }

/**
 * Mail by SMTP_URL. Without it nothing is sent: letters stay in the development mailbox.
 * The Message-ID is the letter's own id, so a letter sent twice after a crash is recognised as one.
 */
export function makeMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom' | 'url'>): Mailer {
  if (!config.smtpUrl) return { configured: false, deliver: async () => {} }
  // Loaded with the first letter that leaves the house.
  const open = async () => (await import('nodemailer')).createTransport(config.smtpUrl!, { connectionTimeout: 10_000, socketTimeout: 30_000 } as object)
  let transport: ReturnType<typeof open> | undefined
  const domain = new URL(config.url).hostname
  return {
    configured: true,
    deliver: async ({ id, ...letter }) => {
      await (await (transport ??= open())).sendMail({ from: config.mailFrom, messageId: `<${id}@${domain}>`, ...letter })
    },
  }
}

import type { Letter } from '../../kernel/mail.ts'

type Invitation = { to: string; network: string; inviter: string; url: string; spaces: string[]; expires_at: string | null; claims: boolean }

const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The letter that carries an invitation, as text and as HTML. */
export function invitationLetter({ to, network, inviter, url, spaces, expires_at, claims }: Invitation): Letter {
  const before = [
    `${inviter} invites you to ${network}.`,
    ...(claims ? ['What you wrote before is there already, under your name.'] : []),
    ...(spaces.length ? [`You will be in ${new Intl.ListFormat('en').format(spaces)}.`] : []),
    'Open this link to come in. It is for you alone and works once:',
  ]
  const after = [
    ...(expires_at ? [`It works until ${new Date(expires_at).toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' })}.`] : []),
    'If you did not expect this, do nothing.',
  ]
  const paragraphs = (lines: string[]) => lines.map((line) => `<p>${escape(line)}</p>`).join('\n')
  return {
    to, subject: `${inviter} invites you to ${network}`,
    text: [...before, url, ...after].join('\n\n'),
    html: `${paragraphs(before)}\n<p><a href="${escape(url)}">${escape(url)}</a></p>\n${paragraphs(after)}`,
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { sql } from 'kysely'
import { type Ctx, inTransaction } from '../../kernel/context.ts'
import { conflict, invalid } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import type { Language } from '../../kernel/language.ts'
import { findNetwork } from '../../core/people/queries.ts'

const PATIENCE_MS = 5000
const MOST_BYTES = 400

/** By this a server shows that it is this one: only the processes of this network know the key. */
export const echo = (ctx: Pick<Ctx, 'host'>, word: string) => ({ echo: createHmac('sha256', ctx.host.cursorKey).update(`echo ${word}`).digest('base64url') })

/**
 * Takes an address for the one that people use, if this very server answers there.
 * @throws Refusal 409 `address_given` where FOLKMOOT_URL says it, 422 `address_unreachable`, `address_elsewhere`
 */
export async function setAddress(ctx: Ctx, address: string): Promise<void> {
  if (ctx.host.config.urlIsGiven) throw conflict('address_given', 'FOLKMOOT_URL says the address. Change it there, and start the server again.')
  const word = randomBytes(16).toString('base64url')
  const answer = await ask(`${address}/api/v1/network/echo?word=${word}`)
  const [got, wanted] = [Buffer.from(answer), Buffer.from(JSON.stringify(echo(ctx, word)))]
  if (got.length !== wanted.length || !timingSafeEqual(got, wanted))
    throw invalid('address_elsewhere', 'Something answers at this address, but it is not this network.', { errors: [{ path: 'address', message: 'leads to something else' }] })
  await inTransaction(ctx.host, ctx.actor, (inside) => inside.db.updateTable('network').set({ address }).execute())
  ctx.host.config.url = address
}

/**
 * Asks an address that an administrator named, which may well lie inside of their own house: so the guard that keeps other
 * requests out of there has no place here. In return nothing of the answer is shown: only whether it is our own sign.
 */
function ask(url: string): Promise<string> {
  const request = url.startsWith('https:') ? requestSecure : requestPlain
  return new Promise((resolve, reject) => {
    const fail = () => reject(invalid('address_unreachable', 'Nothing answers at this address from here. Does its name lead to this machine, and does HOST let others in?',
      { errors: [{ path: 'address', message: 'does not answer' }] }))
    const asked = request(url, { timeout: PATIENCE_MS, signal: AbortSignal.timeout(PATIENCE_MS) }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
        if (text.length > MOST_BYTES) answer.destroy()
      }).on('close', () => resolve(text)).on('error', fail)
    })
    asked.on('error', fail).on('timeout', () => asked.destroy()).end()
  })
}

const words = {
  en: { subject: (network: string) => `${network} can send letters`, text: 'This is the letter that you asked for. Invitations and forgotten passwords come in the same way.' },
  de: { subject: (network: string) => `${network} kann Briefe schicken`, text: 'Das ist der Brief, den du verlangt hast. Einladungen und vergessene Passwörter kommen auf demselben Weg.' },
}

/**
 * Sends a letter to the actor's own address, at once, and says whether the mail server took it.
 * @throws Refusal 409 `no_mail`, `no_address`; 422 `mail_failed` with what the mail server said
 */
export async function tryMail(ctx: Ctx, language: Language): Promise<{ to: string }> {
  if (!ctx.host.mail.configured) throw conflict('no_mail', 'No mail server is set. Name one in SMTP_URL, and start the server again.')
  const { email } = await ctx.db.selectFrom('people').select('email').where('id', '=', ctx.actor.id).executeTakeFirstOrThrow()
  if (!email) throw conflict('no_address', 'You have no e-mail address here. Enter one in your profile first.')
  const say = words[language]
  const letter = { id: newId(), to: email, subject: say.subject((await findNetwork(ctx))?.name ?? 'Folkmoot'), text: say.text }
  await ctx.host.mail.deliver(letter).catch((error: Error) => {
    throw invalid('mail_failed', `The mail server did not take the letter: ${error.message.slice(0, 300)}`)
  })
  await inTransaction(ctx.host, ctx.actor, (inside) => inside.db.updateTable('network').set({ mail_tried_at: sql<string>`now()` }).execute())
  return { to: email }
}

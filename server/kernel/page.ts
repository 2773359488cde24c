import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyReply } from 'fastify'

/** Stands in the built page wherever the number of one answer belongs; see vite.config.ts. */
export const NONCE = 'nonce-of-this-answer'

const REPORTS = '/api/v1/policy-reports'

/** For whatever is no page of ours: a browser that shows it as one lets it do nothing. */
export const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * What the page may do (Content Security Policy 3). Scripts run that this answer names by its nonce, and what they import;
 * styles come in files alone; text becomes HTML or a script nowhere but in two policies (Trusted Types):
 * `folkmoot` reads the names of characters (web/kernel/entities.ts), `ProseMirrorClipboard` what is pasted into the editor, in a document apart.
 */
export const pagePolicy = (nonce: string) => [
  "default-src 'self'", `script-src 'nonce-${nonce}' 'strict-dynamic'`, "style-src 'self'", "img-src 'self' data: blob:", "media-src 'self' blob:",
  "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  "require-trusted-types-for 'script'", 'trusted-types folkmoot ProseMirrorClipboard', `report-uri ${REPORTS}`, 'report-to policy',
].join('; ')

/** What the page has to know before anything else comes: in which language it is drawn for who chose none, and in which colour. */
export type PageLook = { language: string | null; colour: string; /** somebody looks as somebody else here, or did */ looking: boolean }

/** Answers with the page in `file`, never twice the same: a kept one would not fit the policy of the next answer. */
export async function sendPage(reply: FastifyReply, file: string, { language, colour, looking }: PageLook): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString('base64')
  const own = [language && `lang="${language}" data-language="${language}"`, !language && 'lang="en"', `data-brand="${colour}"`, looking && 'data-looking'].filter(Boolean).join(' ')
  const page = (await readFile(file, 'utf8')).replace('<html lang="en"', `<html ${own}`)
  return reply.headers({ 'content-security-policy': pagePolicy(nonce), 'reporting-endpoints': `policy="${REPORTS}"`, 'cache-control': 'no-store' })
    .type('text/html; charset=utf-8').send(page.replaceAll(NONCE, nonce))
}

import { excerpt, pieces } from '../../../server/kernel/text.ts'
import type { Entry } from '../../kernel/types.ts'

type Said = Pick<Entry, 'body'> & Partial<Pick<Entry, 'mentions'>>

/** The beginning of what somebody wrote on one line, at most about `length` characters, with the names of people instead of their handles. */
export const inWords = ({ body, mentions = [] }: Said, length: number): string => withNames(excerpt(body, length), mentions)

/** A text in which those who are mentioned stand by their names: `@bob` is `@Bob Miller`. */
export function withNames(text: string, mentions: Entry['mentions']): string {
  if (!mentions.length) return text
  const named = new Map(mentions.map(({ handle, name }) => [handle.toLowerCase(), name]))
  return pieces(text).map((piece) => (piece.type === 'mention' && named.has(piece.handle) ? `@${named.get(piece.handle)}` : piece.value)).join('')
}

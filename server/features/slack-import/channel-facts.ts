import { unescape } from './mrkdwn.ts'
import { type Raw, raw, string } from './raw.ts'

/** What a channel is: for everybody, for its members, or a conversation of them. */
export type Sort = 'open' | 'private' | 'direct'
export const strictness: Record<Sort, number> = { open: 0, private: 1, direct: 2 }

/** Whatever is not a clear no counts as a yes: it decides who may read. */
const isYes = (flag: unknown) => ![undefined, null, false, 0, '', '0', 'false'].includes(flag as null)
const isNo = (flag: unknown) => flag !== undefined && flag !== null && !isYes(flag)

/** What a row says of its channel, and the list it stands in, whichever is stricter. */
export function sortOf(row: Raw, listed: Sort | 'unknown'): Sort {
  const id = string(row.id)
  const isDirect = isYes(row.is_im) || isYes(row.is_mpim) || /^D/.test(id) || /^mpdm-/.test(string(row.name))
  if (listed === 'direct' || isDirect) return 'direct'
  const isPrivate = isYes(row.is_private) || isYes(row.is_group) || isNo(row.is_channel) || /^(G|FC)/.test(id)
  return listed === 'open' && !isPrivate ? 'open' : 'private'
}

/** What the channel is for, and below it what it is busy with. A space must say what it is for. */
export function purposeOf(channel: Raw): string {
  const parts = [raw(channel.purpose).value, raw(channel.topic).value].map((value) => unescape(string(value)).trim())
  const written = [...new Set(parts)].filter((part) => part !== '').join('\n\n')
  const signs = [...written]
  if (signs.length > longest) return `${signs.slice(0, longest - 1).join('')}…`
  return written || 'Imported from Slack'
}

const longest = 500
export const isCut = (purpose: string) => [...purpose].length === longest && purpose.endsWith('…')

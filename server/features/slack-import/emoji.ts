import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }
import { canonicalEmoji } from '../../kernel/text-emoji.ts'

// Slack names emoji as the iamcal set does. A few of its own names are older than that set.
const older = { simple_smile: '1F642', squirrel: '1F43F', shipit: '1F43F', thumbsup_all: '1F44D' }
const named = Object.entries(shortcodes as Record<string, string | string[]>)
const pointsOf = new Map<string, string>([
  ...Object.entries(older),
  ...named.flatMap(([points, names]) => [names].flat().map((name) => [name, points] as const)),
])

/**
 * The character of a Slack emoji name, null for a workspace's own emoji.
 *
 *     emojiOf('clap::skin-tone-3')  // '👏🏼'
 */
export function emojiOf(name: string): string | null {
  const [base, tone] = name.split('::')
  const points = pointsOf.get(base)
  const at = tone === undefined ? null : /^skin-tone-([2-6])$/.exec(tone)
  if (!points || (tone !== undefined && !at)) return null
  return characters(points, at ? Number(at[1]) : null)
}

/** From code points as Slack writes them beside an emoji ('1f44f-1f3fc'), null when they are none. */
export const emojiFrom = (points: string): string | null =>
  /^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}$/i.test(points) ? characters(points, null) : null

function characters(hex: string, tone: number | null): string | null {
  const points = hex.split('-').map((part) => Number.parseInt(part, 16))
  if (points.some((point) => point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))) return null
  if (tone && /\p{Emoji_Modifier_Base}/u.test(String.fromCodePoint(points[0])))
    points.splice(1, points[1] === 0xfe0f ? 1 : 0, 0x1f3f9 + tone)
  return canonicalEmoji(String.fromCodePoint(...points))
}

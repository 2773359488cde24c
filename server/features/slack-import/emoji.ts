import emojis from 'emojibase-data/en/compact.json' with { type: 'json' }
import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }

type Emoji = { hexcode: string; unicode: string; skins?: { hexcode: string; unicode: string }[] }

// Slack writes code points with and without the selector that makes a picture of a sign; here the picker's form counts.
const bare = (points: string) => points.toUpperCase().replaceAll('-FE0F', '')
const all = (emojis as Emoji[]).flatMap((emoji) => [emoji, ...(emoji.skins ?? [])])
const byPoints = new Map(all.map(({ hexcode, unicode }) => [bare(hexcode), unicode]))

// Slack names emoji as the iamcal set does. A few of its own names are older than that set.
const older = { simple_smile: '1F642', squirrel: '1F43F', shipit: '1F43F', thumbsup_all: '1F44D' }
const named = Object.entries(shortcodes as Record<string, string | string[]>)
const pointsOf = new Map<string, string>([
  ...Object.entries(older),
  ...named.flatMap(([points, names]) => [names].flat().map((name) => [name, points] as const)),
])

const tones = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']

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
  const [first, ...rest] = bare(points).split('-')
  const toned = at ? [first, tones[Number(at[1]) - 2], ...rest].join('-') : bare(points)
  return byPoints.get(toned) ?? byPoints.get(bare(points)) ?? null
}

/** From code points as Slack writes them beside an emoji ('1f44f-1f3fc'), null when they are none. */
export const emojiFrom = (points: string): string | null => byPoints.get(bare(points)) ?? null

import shortcodes from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' }

// Slack names emoji as the iamcal set does. A few of its own names are older than that set.
const older: Record<string, string> = {
  simple_smile: '1F642',
  thumbsup_all: '1F44D',
  squirrel: '1F43F',
  shipit: '1F43F',
  slightly_smiling_face: '1F642',
}

const tones = ['1F3FB', '1F3FC', '1F3FD', '1F3FE', '1F3FF']

const byName = new Map<string, string>(Object.entries(older))
for (const [hex, names] of Object.entries(shortcodes as Record<string, string | string[]>))
  for (const name of [names].flat()) byName.set(name, hex)

/**
 * The character of a Slack emoji name, null for a workspace's own emoji.
 *
 *     emojiOf('clap::skin-tone-3')  // '👏🏼'
 */
export function emojiOf(name: string): string | null {
  const [base, tone] = name.split('::')
  const hex = byName.get(base)
  if (!hex) return null
  const at = /^skin-tone-([2-6])$/.exec(tone ?? '')
  if (tone && !at) return null
  return characters(hex, at ? tones[Number(at[1]) - 2] : null)
}

/** From code points as Slack writes them beside an emoji ('1f44f-1f3fc'), null when they are none. */
export function emojiFrom(unicode: string): string | null {
  return /^[0-9a-f]{2,6}(?:-[0-9a-f]{2,6}){0,9}$/i.test(unicode) ? characters(unicode, null) : null
}

function characters(hex: string, tone: string | null): string | null {
  const points = hex.split('-').map((part) => Number.parseInt(part, 16))
  if (points.some((point) => point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff))) return null
  if (tone) points.splice(1, points[1] === 0xfe0f ? 1 : 0, Number.parseInt(tone, 16))
  const made = String.fromCodePoint(...points)
  // Signs that are words by default (☀, ✔) become pictures only with the selector after them.
  return points.length === 1 && !/^\p{Emoji_Presentation}/u.test(made) ? `${made}\ufe0f` : made
}

/**
 * A message's text between Slack's forms and our Markdown. Styles are bits: `bold | italic`.
 * A text may hold line ends; a style never spans them.
 */
export type Inline =
  | { type: 'text'; value: string; style: number }
  | { type: 'link'; url: string; value: string; style: number }
  | { type: 'mention'; handle: string; style: number }

export type Block =
  | { type: 'paragraph'; inlines: Inline[] }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'code'; value: string }
  | { type: 'item'; level: number; number: number | null; inlines: Inline[] }
  | { type: 'rule' }
  | { type: 'markdown'; value: string }

export const bold = 1
export const italic = 2
export const strike = 4
export const code = 8

/** What a text needs from outside: who and where the ids it holds are, and a place to note what cannot be carried. */
export type Names = {
  /** the handle of a person, null when the archive does not know the id */
  handle: (id: string) => string | null
  /** where a mentioned channel leads; `url` null when its name may be shown but nothing can be opened */
  channel: (id: string, label: string) => { name: string; url: string | null }
  /** our address of a Slack message ('/archives/C…/p…'), null when the archive does not hold its channel */
  permalink: (url: string) => string | null
  note: (code: string, sample: string) => void
  /** what the plain copy of a rich text calls an id */
  label?: (id: string) => string | undefined
}

export const text = (value: string, style = 0): Inline => ({ type: 'text', value, style })

const schemes = /^(?:https?:\/\/[^\s/]|mailto:[^\s]|tel:[^\s])/i

/** A link, or plain words where the address is of a kind that no browser should open from here. */
export function link(url: string, label: string, style: number, names: Names): Inline {
  const value = label.replace(/\s+/g, ' ').trim()
  if (!schemes.test(url)) return text(value && value !== url ? `${value} (${url})` : url, style)
  const own = names.permalink(url)
  if (own) return { type: 'link', url: own, value: value || url, style }
  return { type: 'link', url, value: value || url.replace(/^(?:mailto|tel):/i, ''), style }
}

/** A mentioned person: a mention where the archive knows them, else the words that stand for them. */
export function mention(id: string, label: string, style: number, names: Names): Inline {
  const handle = names.handle(id)
  if (handle !== null) return { type: 'mention', handle, style }
  names.note('unknown_mention', id)
  return text(`@${label.replace(/^@/, '') || id}`, code)
}

/** A mentioned channel as a link to its space; as code where it leads nowhere, so that it does not read as a #topic. */
export function channel(id: string, label: string, style: number, names: Names): Inline {
  const { name, url } = names.channel(id, label)
  return url ? { type: 'link', url, value: `#${name}`, style } : text(`#${name}`, code)
}

/** Slack's `@here`, `@channel` and `@everyone`: kept as words, they call nobody here. */
export function broadcast(range: string, style: number, names: Names): Inline {
  names.note('broadcast_mention', range)
  return text(`@${range}`, style)
}

/** The words alone, for comparing and for judging whether there is anything to show. */
export function words(blocks: Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'quote') return words(block.blocks)
      if (block.type === 'code' || block.type === 'markdown') return block.value
      if (block.type === 'rule') return ''
      return block.inlines.map((inline) => (inline.type === 'mention' ? `@${inline.handle}` : inline.value)).join('')
    })
    .join('\n')
}

/** The same text with one style more; what a message of the kind "/me waves" is shown in. */
export const styled = (blocks: Block[], style: number): Block[] =>
  blocks.map((block) =>
    block.type === 'paragraph'
      ? { ...block, inlines: block.inlines.map((inline) => ({ ...inline, style: inline.style | style })) }
      : block,
  )

/** Lines without the empty ones at their beginning and end. */
export function withoutEmptyEnds(lines: string[]): string[] {
  const from = lines.findIndex((line) => line !== '')
  return from < 0 ? [] : lines.slice(from, lines.findLastIndex((line) => line !== '') + 1)
}

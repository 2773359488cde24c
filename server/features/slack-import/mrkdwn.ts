import { emojiOf } from './emoji.ts'
import {
  type Block,
  type Inline,
  type Names,
  bold,
  broadcast,
  channel,
  code,
  italic,
  link,
  mention,
  strike,
  text,
  withoutEmptyEnds,
} from './prose.ts'

/**
 * Slack's own text form ("mrkdwn") as blocks: `*bold* <@U1> <https://x.example|here>`, quotes by `&gt;`, code.
 * Source of the grammar: docs.slack.dev/messaging/formatting-message-text.
 */
export function fromMrkdwn(source: string, names: Names): Block[] {
  const blocks: Block[] = []
  const parts = source.replace(/\0/g, '').replace(/\r\n?/g, '\n').split('```')
  // A fence that is never closed is three signs of text.
  if (parts.length % 2 === 0) parts.push(`${parts.splice(-2, 1)[0]}\`\`\`${parts.pop()}`)
  parts.forEach((part, i) => {
    if (i % 2 === 1) blocks.push({ type: 'code', value: plain(part, names).replace(/^\n|\n$/g, '') })
    else addLines(part, blocks, names)
  })
  return blocks
}

function addLines(part: string, blocks: Block[], names: Names): void {
  let lines: string[] = []
  let quoted = false
  const flush = () => {
    const inlines = fromLines(withoutEmptyEnds(lines).join('\n'), names)
    if (inlines.length)
      blocks.push(quoted ? { type: 'quote', blocks: [{ type: 'paragraph', inlines }] } : { type: 'paragraph', inlines })
    lines = []
  }
  let toTheEnd = false
  for (const line of part.split('\n')) {
    const mark: string = toTheEnd ? '' : (/^(?:&gt;){3} ?|^&gt; ?/.exec(line)?.[0] ?? '')
    const isQuote = toTheEnd || mark !== ''
    if (isQuote !== quoted) flush()
    quoted = isQuote
    toTheEnd ||= mark.startsWith('&gt;&gt;&gt;')
    lines.push(line.slice(mark.length))
  }
  flush()
}

// Each `<…>` becomes one sign that no text holds, so that what is inside is never mistaken for styling.
const tokenSign = '\0'

/** One or more lines of Slack text, without blocks. */
export function fromLines(source: string, names: Names): Inline[] {
  const tokens: string[] = []
  const lines = source.replace(/<([^<>]*)>/g, (_, inside: string) => {
    tokens.push(inside)
    return tokenSign
  })
  const reading: Reading = { tokens, next: 0, inlines: [], names }
  lines.split('\n').forEach((line, i) => {
    if (i) reading.inlines.push(text('\n'))
    addStyled(line, 0, reading)
  })
  return reading.inlines
}

type Reading = { tokens: string[]; next: number; inlines: Inline[]; names: Names }

const marks: Record<string, number> = { '*': bold, _: italic, '~': strike, '`': code }
const isWord = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign)
const isBlank = (sign: string | undefined) => sign === undefined || /\s/.test(sign)

function addStyled(line: string, style: number, reading: Reading): void {
  const closers = new Map<string, Int32Array>()
  let from = 0
  for (let i = 0; i < line.length; i++) {
    const mark = marks[line[i]]
    if (mark === undefined || style & mark || isWord(line[i - 1]) || isBlank(line[i + 1]) || line[i + 1] === line[i])
      continue
    if (!closers.has(line[i])) closers.set(line[i], closersOf(line, line[i]))
    const end = closers.get(line[i])![i + 2]
    if (!end) continue
    addPlain(line.slice(from, i), style, reading)
    const inside = line.slice(i + 1, end)
    if (mark === code) addPlain(inside, style | code, reading)
    else addStyled(inside, style | mark, reading)
    from = end + 1
    i = end
  }
  addPlain(line.slice(from), style, reading)
}

/** For each place the next one at or after it where a style may end; 0 when there is none. One pass over the line. */
function closersOf(line: string, mark: string): Int32Array {
  const next = new Int32Array(line.length + 3)
  for (let i = line.length - 1; i > 0; i--) {
    const ends = line[i] === mark && !isBlank(line[i - 1]) && (mark === '`' || !isWord(line[i + 1]))
    next[i] = ends ? i : next[i + 1]
  }
  return next
}

function addPlain(part: string, style: number, reading: Reading): void {
  part.split(tokenSign).forEach((piece, i) => {
    if (i) reading.inlines.push(fromToken(reading.tokens[reading.next++], style, reading.names))
    if (piece) reading.inlines.push(text(style & code ? unescape(piece) : withEmoji(unescape(piece)), style))
  })
}

const person = /^@([UWB][A-Z0-9]+)(?:\|([^]*))?$/
const room = /^#([CGD][A-Z0-9]+)(?:\|([^]*))?$/
const address = /^([a-z][a-z0-9+.-]*:[^|]+)(?:\|([^]*))?$/i

/** What stands between `<` and `>`. */
function fromToken(inside: string, style: number, names: Names): Inline {
  const [, who, whoLabel = ''] = person.exec(inside) ?? []
  if (who) return mention(who, unescape(whoLabel), style, names)
  const [, where, whereLabel = ''] = room.exec(inside) ?? []
  if (where) return channel(where, unescape(whereLabel), style, names)
  if (inside.startsWith('!') || inside === '@here') return fromCommand(inside, style, names)
  const [, url, label = ''] = address.exec(inside) ?? []
  if (url) return link(unescape(url.trim()), withEmoji(unescape(label)), style, names)
  return text(unescape(`<${inside}>`), style)
}

function fromCommand(inside: string, style: number, names: Names): Inline {
  const [command, label = ''] = inside.slice(1).split('|')
  const range = /^(here|channel|everyone|group)$/.exec(command)?.[1]
  if (range) return broadcast(range, style, names)
  if (command.startsWith('date^')) return text(unescape(label) || dateOf(command), style)
  if (command.startsWith('subteam^')) names.note('user_group', label || command.slice(8))
  return text(unescape(label) || `@${command.replace(/^subteam\^/, '')}`, style)
}

/** `date^1392734382^Posted {date_num}`: the fallback is missing, so the moment itself is written. */
function dateOf(command: string): string {
  const moment = new Date(Number(command.split('^')[1]) * 1000)
  return Number.isNaN(moment.getTime()) ? command : `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Text for a code block: nothing is a link there, so each `<…>` becomes the words it was shown as. */
function plain(part: string, names: Names): string {
  return unescape(
    part.replace(/<([^<>]*)>/g, (whole, inside: string) => {
      const shown = /^(?:[@#][A-Z0-9]+(?:\||$)|!|[a-z][a-z0-9+.-]*:)/i.test(inside)
        ? fromToken(inside, code, names)
        : null
      if (!shown) return whole
      return (shown.type === 'mention' ? `@${shown.handle}` : shown.value).replace(/&/g, '&amp;')
    }),
  )
}

/** Slack escapes three signs and no others. */
export const unescape = (value: string) =>
  value.replace(/&(lt|gt|amp);/g, (_, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'))

/** `:tada:` becomes 🎉; a workspace's own emoji keep their name. */
export const withEmoji = (value: string) =>
  value.replace(
    /(?<![a-z0-9]):([a-z0-9+][a-z0-9_+'-]{0,63}|-1):(?::(skin-tone-[2-6]):)?/gi,
    (whole, name: string, tone?: string) => emojiOf(tone ? `${name}::${tone}` : name) ?? whole,
  )

import { type Inline, bold, code, italic, strike } from './prose.ts'

/** Neighbours of one style, to be wrapped together; `next` is what follows on the line. */
export type Styled = { style: number; inlines: Inline[]; next: Inline | undefined }

const starred = bold | italic
const wrapped = bold | italic | strike

/**
 * Groups a line by style so that Markdown's signs are recognised. Markdown ignores `**「foo」**は`, where the stars
 * stand between punctuation and a letter; there the punctuation moves out of the style: 「**foo**」は. Styles that
 * Markdown cannot set side by side are simplified. Words are never changed.
 */
export function fitStyles(inlines: Inline[]): Styled[] {
  const groups = simplify(group(bareEdges(inlines)))
  const fitted: Styled[] = []
  for (let i = 0; i < groups.length; i++) {
    const before = fitted.at(-1)
    const after = groups[i + 1]
    for (const piece of fit(groups[i], before, after)) {
      const last = fitted.at(-1)
      if (last && last.style === 0 && piece.style === 0) piece.inlines.forEach((inline) => add(last.inlines, inline))
      else fitted.push(piece)
    }
  }
  fitted.forEach((styled, i) => {
    styled.next = fitted[i + 1]?.inlines[0]
  })
  return fitted
}

/** White space at the edge of a style belongs to no style; between two pieces of one style it joins them. */
function bareEdges(inlines: Inline[]): Inline[] {
  const made: Inline[] = []
  inlines.forEach((inline, i) => {
    if (inline.type !== 'text' || inline.style & code || !inline.style) return made.push(inline)
    if (inline.value.trim() === '') {
      const shared = (inlines[i - 1]?.style ?? 0) & (inlines[i + 1]?.style ?? 0) & inline.style
      return made.push({ ...inline, style: shared })
    }
    const head = inline.value.length - inline.value.trimStart().length
    const tail = inline.value.trimEnd().length
    if (head)
      made.push({ ...inline, value: inline.value.slice(0, head), style: inline.style & (inlines[i - 1]?.style ?? 0) })
    made.push({ ...inline, value: inline.value.slice(head, tail) })
    if (tail < inline.value.length)
      made.push({ ...inline, value: inline.value.slice(tail), style: inline.style & (inlines[i + 1]?.style ?? 0) })
    return 0
  })
  return made
}

function group(inlines: Inline[]): Styled[] {
  const groups: Styled[] = []
  for (const inline of inlines) {
    const last = groups.at(-1)
    if (last && last.style === (inline.style & wrapped)) add(last.inlines, inline)
    else groups.push({ style: inline.style & wrapped, inlines: [inline], next: undefined })
  }
  return groups
}

/** Two pieces of code side by side are one, else their backticks would meet. */
function add(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1)
  if (last?.type === 'text' && inline.type === 'text' && (last.style & code) === (inline.style & code))
    inlines[inlines.length - 1] = { ...last, value: last.value + inline.value }
  else inlines.push(inline)
}

/** `**a***b*` is ambiguous: neighbours whose signs would meet share what both have, or the second goes without. */
function simplify(groups: Styled[]): Styled[] {
  const made: Styled[] = []
  for (const { style, inlines } of groups) {
    const last = made.at(-1)
    const shared = (last?.style ?? 0) & style
    const meet =
      last !== undefined &&
      last.style !== style &&
      Boolean((last.style & starred && style & starred) || shared & strike)
    const kept = meet ? shared || style & strike : style
    if (meet && shared) last.style = shared
    if (last && last.style === kept) inlines.forEach((inline) => add(last.inlines, inline))
    else made.push({ style: kept, inlines, next: undefined })
  }
  return made
}

/** One group with the style that its surroundings allow, its punctuation at the edges set free where that helps. */
function fit({ style, inlines }: Styled, before: Styled | undefined, after: Styled | undefined): Styled[] {
  const plain = (list: Inline[]): Styled[] => (list.length ? [{ style: 0, inlines: list, next: undefined }] : [])
  if (!style) return plain(inlines)
  const head: Inline[] = []
  const tail: Inline[] = []
  const body = [...inlines]
  while (body.length && !isOpenable(body[0], edge(head, before)))
    if (!release(body, head, 'head')) return plain(inlines)
  while (body.length && !isClosable(body.at(-1)!, edgeAfter(tail, after)))
    if (!release(body, tail, 'tail')) return plain(inlines)
  if (!body.length) return plain(inlines)
  // Two kinds of signs around one text stand between punctuation themselves; only open space around lets both be seen.
  const both = Boolean(style & strike) && Boolean(style & starred)
  const isFree = kindOf(edge(head, before), 'last') !== 'word' && kindOf(edgeAfter(tail, after), 'first') !== 'word'
  const kept = both && !isFree ? style & starred : style
  return [...plain(head), { style: kept, inlines: body, next: undefined }, ...plain(tail)]
}

const edge = (head: Inline[], before: Styled | undefined) => head.at(-1) ?? before?.inlines.at(-1)
const edgeAfter = (tail: Inline[], after: Styled | undefined) => tail[0] ?? after?.inlines[0]

const isOpenable = (first: Inline, outside: Inline | undefined) =>
  innerKind(first, 'first') === 'word' || (innerKind(first, 'first') === 'sign' && kindOf(outside, 'last') !== 'word')
const isClosable = (last: Inline, outside: Inline | undefined) =>
  innerKind(last, 'last') === 'word' || (innerKind(last, 'last') === 'sign' && kindOf(outside, 'first') !== 'word')

/** Moves one character from the edge of the styled text to outside; false when what stands there is not text. */
function release(body: Inline[], out: Inline[], side: 'head' | 'tail'): boolean {
  const inline = side === 'head' ? body[0] : body.at(-1)!
  if (inline.type !== 'text' || inline.style & code) return false
  const moved = signAt(inline, side === 'head' ? 'first' : 'last')
  const left = side === 'head' ? inline.value.slice(moved.length) : inline.value.slice(0, -moved.length)
  const rest: Inline[] = left ? [{ ...inline, value: left }] : []
  const free: Inline = { type: 'text', value: moved, style: 0 }
  if (side === 'head') {
    body.splice(0, 1, ...rest)
    add(out, free)
  } else {
    body.splice(-1, 1, ...rest)
    const first = out[0]
    if (first?.type === 'text') out[0] = { ...first, value: moved + first.value }
    else out.unshift(free)
  }
  return true
}

type Kind = 'space' | 'sign' | 'word'

// Renderers disagree whether an emoji counts as punctuation. Inside a style it counts as a sign here, and outside as a
// word: what fits then fits for both.
const innerKind = (inline: Inline, side: 'first' | 'last'): Kind => {
  const sign = signAt(inline, side)
  return sign.length > 1 ? 'sign' : kind(sign)
}
const kindOf = (inline: Inline | undefined, side: 'first' | 'last'): Kind => {
  if (!inline) return 'space'
  const sign = signAt(inline, side)
  return sign.length > 1 ? 'word' : kind(sign)
}
const kind = (sign: string): Kind => (/\s/.test(sign) ? 'space' : /[\p{P}\p{S}]/u.test(sign) ? 'sign' : 'word')

/** The first or last character as it will be written. */
function signAt(inline: Inline, side: 'first' | 'last'): string {
  if (inline.type === 'link') return side === 'first' ? '[' : ')'
  if (inline.style & code) return '`'
  if (inline.type === 'mention') return side === 'first' ? '@' : inline.handle.at(-1)!
  return side === 'first' ? String.fromCodePoint(inline.value.codePointAt(0)!) : [...inline.value.slice(-2)].at(-1)!
}

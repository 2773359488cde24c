/** A piece of a query as it stands in the box: a modifier with its value, or words. */
export type QueryPart = { text: string; modifier: string | null; value: string; from: number; to: number }

const part = /-?(?:([a-z]{1,10})[:：])?(?:["“”„]([^"“”„]*)(?:["“”„]|$)|(\S*))/giy
export const MODIFIERS = ['from', 'with', 'in', 'before', 'after', 'on', 'has', 'is', 'kind'] as const
export type Modifier = (typeof MODIFIERS)[number]
const isModifier = (name: string | undefined): name is Modifier => (MODIFIERS as readonly string[]).includes(name ?? '')

/** The pieces of a query, in order, as the server reads them. */
export function partsOf(q: string): QueryPart[] {
  const parts: QueryPart[] = []
  for (let at = 0; at < q.length;) {
    if (/\s/.test(q[at])) {
      at += 1
      continue
    }
    part.lastIndex = at
    const [text, name, phrase, word] = part.exec(q)!
    const modifier = name?.toLowerCase()
    parts.push({ text, modifier: isModifier(modifier) ? modifier : null, value: phrase ?? word ?? '', from: at, to: at + text.length })
    at += text.length
  }
  return parts
}

/** The piece that somebody is writing, the caret at its end. */
export const partAt = (q: string, caret: number): QueryPart | undefined => partsOf(q).find(({ from, to }) => from < caret && caret <= to)

/** The query with something else in the place of a piece, and a space after it to go on; without it for an empty one. */
export function replacePart(q: string, { from, to }: QueryPart, text: string): string {
  const [before, after] = [q.slice(0, from).trimEnd(), q.slice(to).trimStart()]
  return [before, text, after].filter(Boolean).join(' ') + (text && !after ? ' ' : '')
}

/** A value as it stands after a modifier. */
export const valueOf = (text: string) => (/\s/.test(text) ? `"${text.replaceAll('"', '')}"` : text)

/** A space's name in one word: `Cell chemistry` is cell-chemistry. */
export const slugOf = (name: string) => name.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, '-').replace(/^-|-$/g, '')

export type Part = { text: string; isHit: boolean }

/** Cuts a text at the marks the server set, which stand in order; what overlaps or lies outside is left out. */
export function markedParts(text: string, marks: [number, number][]): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const [from, to] of marks) {
    if (from < at || to <= from || to > text.length) continue
    if (from > at) parts.push({ text: text.slice(at, from), isHit: false })
    parts.push({ text: text.slice(from, to), isHit: true })
    at = to
  }
  if (at < text.length) parts.push({ text: text.slice(at), isHit: false })
  return parts
}

const longest = 39

/**
 * A legal handle as near as possible to a wished one: lower case letters a–z, digits, and `.`, `_`, `-` between them.
 * Other letters lose their accents; what has no such letters at all becomes the fallback.
 *
 *     legalHandle('Zoë.Müller!', 'u1')  // 'zoe.muller'
 */
export function legalHandle(wish: string, fallback: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .slice(0, longest)
      .replace(/^[^a-z0-9]+/, '')
      .replace(/[^a-z0-9]{1,39}$/, '')
  return plain(wish.slice(0, 200)) || plain(fallback) || 'person'
}

/** The first of `ann`, `ann-2`, `ann-3`… that is not taken; it is taken from then on. */
export function freeHandle(wish: string, taken: Set<string>): string {
  let handle = wish
  for (let n = 2; taken.has(handle); n++) handle = `${wish.slice(0, longest - String(n).length - 1)}-${n}`
  taken.add(handle)
  return handle
}

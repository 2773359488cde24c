// Pairs of letters that most messages in a Latin script have: an index of them would be large and of no use, because
// whoever looks for one finds it in the newest few entries. `a:bc` stands for `ab` and `ac`. Measured: docs/decisions/0006.
const common = new Set('a:bcdgilmnprstuvy b:aeilou c:aehklort d:aeior e:acdelmnprstvx f:ior g:ehioru h:aeiot i:acdefgklmnorstv j:u k:eis'
  .concat(' l:adeilosy m:aeimopy n:acdegiknosty o:bcdfklmnoprstuw p:aeiloprt q:u r:adeikorstuy s:acehiostu t:aehioprstuy u:belnprst v:ei w:aehio y:eos')
  .split(' ').flatMap((row) => [...row.slice(2)].map((second) => row[0] + second)))

const isOrdinary = (first: string, second: string) => first === ' ' || common.has(first + second) || (/^[a-z0-9]$/.test(first) && /^[ .,:;!?)'"]$/.test(second))

/**
 * The pairs of neighbouring characters by which short words and scripts without spaces are found: every pair but the
 * ordinary ones. The last character is paired with a space.
 *
 *     pairsOf('会議 ok')  // ['会議', '議 ', 'ok', 'k ']: less 'k ', which is ordinary
 */
export function pairsOf(folded: string): string[] {
  const found = new Set<string>()
  const signs = [...folded]
  for (let i = 0; i < signs.length; i++) {
    const [first, second] = [signs[i], signs[i + 1] ?? ' ']
    if (!isOrdinary(first, second)) found.add(first + second)
  }
  return [...found]
}

const mostPairs = 8
const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/**
 * A tsquery over the pairs that every text with this term has, or null when trigrams serve better or nothing is indexed.
 * A single character is the beginning of some pair.
 */
export function pairQuery(term: string): string | null {
  if (isAscii(term) && /[a-z0-9]{3}/.test(term)) return null
  const signs = [...term]
  if (signs.length === 1) return /^[ a-z0-9]$/.test(term) ? null : `${quote(term)}:*`
  const pairs = pairsOf(term).filter((pair) => pair !== `${signs.at(-1)} `)
  return pairs.length ? pairs.slice(0, mostPairs).map(quote).join(' & ') : null
}

// The two signs that mean something inside a quoted word of a tsquery.
const quote = (text: string) => `'${text.replace(/['\\]/g, '$&$&')}'`

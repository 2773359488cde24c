/** The languages in which the server writes to people. */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]

/**
 * The best of our languages by an Accept-Language header (RFC 9110, 12.5.4); English when it names none of them.
 * @example languageOf('fr, de-AT;q=0.8, en;q=0.7')  // 'de'
 */
export const languageOf = (header?: string): Language => languageIn(header) ?? 'en'

/** The same, but null when the header names none of them. */
export function languageIn(header = ''): Language | null {
  const wishes = header.slice(0, 1000).split(',').map((part) => {
    const [tag, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const q = parameters.find((text) => text.startsWith('q='))
    return { name: tag.split('-')[0], weight: q ? Number(q.slice(2)) || 0 : 1 }
  })
  const known = wishes.filter(({ name, weight }) => weight > 0 && languages.some((language) => language === name))
  return (known.sort((a, b) => b.weight - a.weight)[0]?.name as Language) ?? null
}

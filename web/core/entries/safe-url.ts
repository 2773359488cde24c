const ALLOWED = ['http:', 'https:', 'mailto:']

/**
 * An address that may be followed, or null: `javascript:`, `data:` and the like are none, however they are spelt.
 * The browser's own parser decides, so what is checked is what is opened.
 */
export function safeUrl(text: string): URL | null {
  const url = URL.parse(text, typeof location === 'undefined' ? undefined : location.origin)
  return url && ALLOWED.includes(url.protocol) ? url : null
}

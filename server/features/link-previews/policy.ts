/** Links of an entry that get a preview. */
export const MOST_LINKS = 3

/**
 * The entry of our own that an address leads to; null for any other page.
 *
 *     ownEntry(new URL('https://talk.example/spaces/…?thread=ID'), 'https://talk.example')  // ID
 */
export function ownEntry(url: URL, origin: string): string | null {
  if (url.origin !== origin) return null
  const id = /^\/e\/([^/]+)\/?$/.exec(url.pathname)?.[1] ?? url.searchParams.get('thread')
  return id && UUID.test(id) ? id.toLowerCase() : null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

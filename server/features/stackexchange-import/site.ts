import type { XmlRow } from './xml-rows.ts'
import type { Resolve } from './body.ts'
import type { PostIndex } from './post-index.ts'

const LINK = /https?:\/\/([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5})\/(?:questions|q|a)\/(\d{1,12})\b/gi

/**
 * Finds out which address a site has: a dump does not say it, but tells which posts link to which others of the site. Most of
 * these links name it.
 */
export class SiteFinder {
  private readonly linked = new Map<number, Set<number>>()
  private readonly votes = new Map<string, number>()

  /** Notes that one post leads to another; the first few thousand are enough. */
  expect(post: number, other: number): void {
    if (this.linked.size > 5000) return
    this.linked.set(post, (this.linked.get(post) ?? new Set()).add(other))
  }

  look(post: number, { Body = '' }: XmlRow): void {
    const others = this.linked.get(post)
    if (!others) return
    for (const [, host, id] of Body.slice(0, 100_000).matchAll(LINK))
      if (others.has(Number(id))) this.votes.set(host.toLowerCase(), (this.votes.get(host.toLowerCase()) ?? 0) + 1)
  }

  /** The address most of them name; null where none does. */
  get host(): string | null {
    return [...this.votes].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null
  }
}

const POST = /^\/(?:questions|q)\/(\d{1,12})(?:\/[^/?#]{0,300}(?:\/(\d{1,12}))?)?\/?(?:\?[^#]*)?(?:#(\d{1,12}))?/
const ANSWER = /^\/a\/(\d{1,12})(?:[/?#]|$)/

/** Where addresses of texts lead: to what is imported, where they mean it; else to where they lead. Nothing else than the web and mail is opened. */
export function resolveIn(index: PostIndex, host: string | null): Resolve {
  const own = (path: string): string | null => {
    const [, question, second, third] = POST.exec(path) ?? []
    const [, answer] = ANSWER.exec(path) ?? []
    for (const id of [third, second, answer, question]) {
      const place = id === undefined ? null : index.findWhole(Number(id))
      if (place) return `/e/${index.entryOf(place)}`
    }
    return null
  }
  return (address) => {
    const given = address.startsWith('//') ? `https:${address}` : address
    if (given.startsWith('/')) return own(given) ?? (host ? `https://${host}${given}` : null)
    if (!/^(?:https?:\/\/[^\s/]|mailto:[^\s])/i.test(given) || given.length > 2000 || !URL.canParse(given)) return null
    const url = new URL(given)
    return (host && url.hostname === host && own(url.pathname + url.search + url.hash)) || given
  }
}

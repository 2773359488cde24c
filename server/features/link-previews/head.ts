import { Parser } from 'htmlparser2'
import { cleanName } from '../../kernel/names.ts'

/** What a page says of itself. */
export type Head = { title: string; description: string; site: string; picture: string | null }

const LONGEST = { title: 200, description: 300, site: 60 }
const LONGEST_ADDRESS = 2000
const TITLES = ['og:title', 'twitter:title']
const DESCRIPTIONS = ['og:description', 'twitter:description', 'description']
const PICTURES = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src']

/**
 * Reads title, description, site and picture from the head of a page (OpenGraph, Twitter, plain HTML). Null where it has no
 * title: there would be nothing to show.
 */
export function readHead({ body, charset, url }: { body: Buffer; charset: string | null; url: string }): Head | null {
  const { metas, title } = collect(decode(body, charset))
  const first = (names: string[]) => names.map((name) => metas.get(name)).find((text) => text?.trim())
  const words = cut(first(TITLES) ?? title, LONGEST.title)
  if (!words) return null
  const picture = first(PICTURES)?.trim() ?? ''
  return {
    title: words, description: cut(first(DESCRIPTIONS) ?? '', LONGEST.description), site: cut(first(['og:site_name']) ?? '', LONGEST.site),
    picture: picture.length <= LONGEST_ADDRESS && URL.canParse(picture, url) && picture ? new URL(picture, url).href : null,
  }
}

/** Names that pages give stand beside people's words: a line each, with nothing in it that cannot be seen. */
function cut(text: string, most: number): string {
  const line = cleanName(text.slice(0, most * 8))
  if (line.length <= most) return line
  const kept = [...new Intl.Segmenter().segment(line.slice(0, most * 2))].map(({ segment }) => segment)
  let length = 0
  return `${kept.filter((segment) => (length += segment.length) < most).join('').trimEnd()}…`
}

function decode(body: Buffer, charset: string | null): string {
  const said = /^\ufeff|\xef\xbb\xbf/.test(body.subarray(0, 3).toString('latin1')) ? 'utf-8'
    : charset ?? /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{1,40})/i.exec(body.subarray(0, 2048).toString('latin1'))?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(said).decode(body)
  } catch {
    return new TextDecoder().decode(body)
  }
}

const MOST_METAS = 300

function collect(html: string): { metas: Map<string, string>; title: string } {
  const metas = new Map<string, string>()
  let title = ''
  let isInTitle = false
  let hasTitle = false
  let isOver = false
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'body') isOver = true
      if (isOver) return
      if (name === 'title') isInTitle = !hasTitle
      if (name !== 'meta' || metas.size >= MOST_METAS) return
      const key = (attributes.property ?? attributes.name ?? '').toLowerCase().trim()
      if (key && attributes.content && !metas.has(key)) metas.set(key, attributes.content)
    },
    ontext: (text) => void (isInTitle && title.length < 4000 && (title += text)),
    onclosetag(name) {
      if (name === 'title') [isInTitle, hasTitle] = [false, hasTitle || isInTitle]
      if (name === 'head') isOver = true
    },
  }, { decodeEntities: true })
  // Piece by piece, so that what stands below the head is not read at all.
  for (let at = 0; at < html.length && !isOver; at += 16_384) parser.write(html.slice(at, at + 16_384))
  return { metas, title }
}

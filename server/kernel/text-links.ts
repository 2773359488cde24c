import type { Nodes, RootContent } from 'mdast'
import type { CompileContext, Extension } from 'mdast-util-from-markdown'
import { CLOSING, JOINED } from './text-scripts.ts'

type Kind = 'literalAutolinkHttp' | 'literalAutolinkWww' | 'literalAutolinkEmail'
type Link = { length: number; kind: Kind }
export type Links = Map<number, Link>
/** What begins at a place, if anything does, and from where on there may be more. */
type Found = { at: number; link?: Link; next?: number }

const begins = /https?:\/\/|www\.|@/gi
const domain = /(?:[\p{L}\p{N}\p{M}\p{So}_.-]){1,253}/uy
const ends = new RegExp(`[\\s<>\`|\\p{Cc}]|${CLOSING}`, 'u')
// What goes on after an address in a script without spaces (https://x.example/aを見て, example.comまで): its letters right
// after ASCII's, or the particles that stand after a name. A part that begins in such a script is the address's own (/乾燥).
const sentence = new RegExp(`(?<=[a-z0-9])(?:${JOINED})|(?<=[^\\p{L}\\p{N}\\p{M}])(?:[をはがにのでとへも](?!\\p{sc=Hiragana})|を|から|まで|です)`, 'iuy')
const nameEnd = new RegExp(`^[a-z]{2,63}(?=${JOINED})`, 'iu')
const opensWww = new RegExp(`[\\s(*_~[\\]]|${JOINED}|${CLOSING}`, 'u')
const mailDomain = /[a-z0-9_-]{1,63}(?:\.[a-z0-9][a-z0-9_-]{0,62}){1,8}(?![a-z0-9_-])/iy
const longestMailbox = 64

/**
 * Addresses that stand in a text without brackets, by the places where they begin: `https://x.example/a`,
 * `www.x.example`, `ann@x.example`. One pass: what is looked at twice is bounded.
 */
export function findLinks(text: string): Links {
  const links: Links = new Map()
  let last = 0
  for (begins.lastIndex = 0; ;) {
    const match = begins.exec(text)
    if (!match) return links
    const { at, link, next } = match[0] === '@' ? mailAt(text, match.index, last) : webAt(text, match.index, match[0])
    if (next) begins.lastIndex = next
    if (!link) continue
    links.set(at, link)
    last = begins.lastIndex = at + link.length
  }
}

/** An address of the web that begins here. `www.` stands after a space or a sign that opens something. */
function webAt(text: string, at: number, prefix: string): Found {
  const isWww = prefix.length === 4
  const before = text[at - 1] ?? ' '
  if (isWww ? !opensWww.test(before) : /[a-z]/i.test(before)) return { at }
  const host = at + (isWww ? 0 : prefix.length)
  domain.lastIndex = host
  const name = hostName(domain.exec(text)?.[0] ?? '')
  const parts = name.replace(/[._-]{1,253}$/, '').split('.')
  if (parts.length <= Number(isWww) || !/^[\p{L}\p{N}\p{So}]/u.test(parts[0]) || parts.slice(-2).some((part) => part.includes('_')))
    // What begins within these words ends with them, and is no address either.
    return { at, next: host + name.length }
  return { at, link: { length: endOf(text, host, host + name.length) - at, kind: isWww ? 'literalAutolinkWww' : 'literalAutolinkHttp' } }
}

/** The name of a host without a sentence that goes on right after it: `example.comまで` ends with `com`. */
function hostName(written: string): string {
  const parts = written.split('.')
  const last = parts.findIndex((part, at) => (at > 0 || parts.length === 1) && nameEnd.test(part))
  return last < 0 ? written : [...parts.slice(0, last), nameEnd.exec(parts[last])![0]].join('.')
}

/** Where an address whose host ends here ends: before signs that belong to the sentence. */
function endOf(text: string, from: number, hostEnd: number): number {
  let [end, unopened] = /[:/?#]/.test(text[hostEnd] ?? '') ? pathEnd(text, hostEnd) : [hostEnd, 0]
  for (; end > from; end -= 1) {
    const sign = text[end - 1]
    if (sign === ')' ? unopened-- <= 0 : !/[!"'*,.:;?_~…‥·・〜～–—’]/.test(sign)) break
    if (sign === ';') end -= (/&[a-z]{1,31};$/i.exec(text.slice(Math.max(from, end - 33), end))?.[0].length ?? 1) - 1
  }
  return end
}

/** Where a path ends at the latest: at a space, where a sentence ends or goes on, or before a square bracket that nothing opened; and how many round ones nothing opened. */
function pathEnd(text: string, from: number): [number, number] {
  let round = 0
  let square = 0
  let end = from
  for (; end < text.length; end++) {
    sentence.lastIndex = end
    if ((ends.test(text[end]) && !isApostrophe(text, end)) || sentence.test(text)) break
    if (text[end] === '(') round += 1
    else if (text[end] === ')') round -= 1
    else if (text[end] === '[') square += 1
    else if (text[end] === ']' && square-- === 0) break
  }
  return [end, Math.max(0, -round)]
}

/** `Schindler’s`: the sign that closes a quotation as well. */
const isApostrophe = (text: string, at: number) => text[at] === '’' && /\p{L}/u.test(text[at - 1]) && /\p{L}/u.test(text[at + 1] ?? '')

/** The mail address around an `@`. */
function mailAt(text: string, at: number, last: number): Found {
  let start = at
  while (start > last && at - start <= longestMailbox && /[\w.+-]/.test(text[start - 1])) start -= 1
  mailDomain.lastIndex = at + 1
  const name = start < at && at - start <= longestMailbox && text[start - 1] !== '/' ? mailDomain.exec(text)?.[0] : undefined
  const isMail = name !== undefined && /[a-z]$/i.test(name)
  return { at: start, link: isMail ? { length: at + 1 - start + name.length, kind: 'literalAutolinkEmail' } : undefined }
}

/** What the reader of Markdown is told of these addresses: where one begins, it ends there. It has its own way to find them else, which is not linear. */
export function linkSyntax(links: Links, text: string) {
  const bareLink = {
    name: 'bareLink',
    previous(this: { now: () => { offset: number } }) {
      return links.has(this.now().offset)
    },
    tokenize: readLink(links),
  }
  return { text: Object.fromEntries([...links.keys()].map((at) => [text.charCodeAt(at), bareLink])) }
}

type State = (code: number | null) => State | undefined
type Effects = { enter: (type: string) => void; exit: (type: string) => void; consume: (code: number | null) => void }

const readLink = (links: Links) => function (this: { now: () => { offset: number } }, effects: Effects, ok: State, nok: State): State {
  let left = 0
  let kind = ''
  const inside: State = (code) => {
    if (left === 0) {
      effects.exit(kind)
      effects.exit('literalAutolink')
      return ok(code)
    }
    if (code === null || code < 0) return nok(code)
    left -= 1
    effects.consume(code)
    return inside
  }
  return (code) => {
    const link = links.get(this.now().offset)
    if (!link) return nok(code);
    ({ length: left, kind } = link)
    effects.enter('literalAutolink')
    effects.enter(kind)
    return inside(code)
  }
}

type Token = Parameters<CompileContext['exit']>[0]

/** They are taken as what stands between < and > is. */
const as = (name: 'autolinkProtocol' | 'autolinkEmail', when: 'enter' | 'exit') => function (this: CompileContext, token: Token) {
  this.config[when][name].call(this, token)
}

/** What becomes of these addresses in the tree: links whose words they are. */
export const linkNodes: Extension = {
  enter: {
    literalAutolink(token) {
      this.enter({ type: 'link', title: null, url: '', children: [] }, token)
    },
    literalAutolinkHttp: as('autolinkProtocol', 'enter'), literalAutolinkWww: as('autolinkProtocol', 'enter'), literalAutolinkEmail: as('autolinkEmail', 'enter'),
  },
  exit: {
    literalAutolink(token) {
      this.exit(token)
    },
    literalAutolinkHttp: as('autolinkProtocol', 'exit'), literalAutolinkEmail: as('autolinkEmail', 'exit'),
    literalAutolinkWww(token) {
      this.config.exit.autolinkProtocol.call(this, token)
      Object.assign(this.stack.at(-1)!, { url: `http://${this.sliceSerialize(token)}` })
    },
  },
}

/** An address among the words of a link is a part of its words. */
export function unlinkWithin(node: Nodes, isInside = false): void {
  if (!('children' in node)) return
  const within = isInside || node.type === 'link'
  for (const child of node.children) unlinkWithin(child, within)
  if (within) Object.assign(node, { children: node.children.flatMap((child): RootContent[] => (child.type === 'link' ? child.children : [child])) })
}

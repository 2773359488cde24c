/** What a kind of entry is like; nothing in the core asks which kind it has before it. */
export type Kind = {
  name: string
  /** where it may begin a thread; null: it is only ever a reply or made by the server */
  startsIn: ('community' | 'direct' | 'profile')[]
  replies: boolean
  reactions: boolean
  /** belongs in feeds such as Home */
  inFeed: boolean
  titled: boolean
  /** found by search */
  searchable: boolean
}

const kinds = new Map<string, Kind>()

/** Adds a kind to the registry; a feature calls it once, in its schema.ts. */
export function defineKind(kind: Kind): Kind {
  kinds.set(kind.name, kind)
  return kind
}

export const findKind = (name: string): Kind | undefined => kinds.get(name)

/** The kind that begins a thread in such a space when the author names none. */
export const defaultKind = (spaceKind: 'community' | 'direct' | 'profile'): string => (spaceKind === 'direct' ? 'message' : 'update')

/** A post that begins a conversation. */
export const update = defineKind({ name: 'update', startsIn: ['community', 'profile'], replies: true, reactions: true, inFeed: true, titled: true, searchable: true })
/** A reply, comment, answer or chat line. */
export const message = defineKind({ name: 'message', startsIn: ['direct'], replies: true, reactions: true, inFeed: false, titled: false, searchable: true })
/** A quiet line of history: "Ann joined". Imports make it. */
export const notice = defineKind({ name: 'notice', startsIn: [], replies: false, reactions: false, inFeed: false, titled: false, searchable: false })

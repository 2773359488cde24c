/** The shapes of /api/v1 as the browser receives them. */

export type Role = 'owner' | 'admin' | 'member' | 'guest'
export type PersonState = 'active' | 'imported' | 'deactivated'

export type PersonCard = {
  id: string
  name: string
  handle: string
  title: string | null
  photo: string | null
  kind: 'person' | 'bot'
  role: Role
  state: PersonState
}

export type Person = PersonCard & {
  pronouns: string | null
  department: string | null
  time_zone: string | null
  about: string | null
  created_at: string
  email?: string | null
  space: string
}

/** `email_pending`: the address one asked for, until its mailbox confirms it. */
export type Me = Person & { network: { id: string; name: string }; email_pending?: string | null; language?: 'en' | 'de' | null; seq?: number }

export type AudienceScope = 'me' | 'few' | 'space' | 'organisation' | 'partners' | 'public'
export type Audience = { scope: AudienceScope; count: number; names: string[]; network: string }

export type Visibility = 'open' | 'closed' | 'secret'
export type SpaceKind = 'community' | 'direct' | 'profile'
export type MemberRole = 'host' | 'member'

export type Space = {
  id: string
  kind: SpaceKind
  visibility: Visibility
  name: string
  purpose: string
  audience_note: string | null
  state: 'active' | 'archived'
  member_count: number
  created_at: string
  created_by: string | null
  audience: Audience
  people: PersonCard[]
  my: {
    role: MemberRole | null
    requested: boolean
    invited: boolean
    may_read: boolean
    may_post: boolean
    may_manage: boolean
    unread: number
    read_to: string | null
  }
  last_activity_at: string | null
}

export type SpaceCard = Pick<Space, 'id' | 'name' | 'kind' | 'visibility' | 'audience'> & { people?: PersonCard[] }

export type FileRecord = {
  id: string
  name: string
  type: string
  size: number
  width: number | null
  height: number | null
  alt: string
  state: 'stored' | 'record'
  url: string | null
  thumbnail: string | null
}

export type Reaction = { emoji: string; count: number; mine?: boolean }

export type Entry = {
  id: string
  space: string
  kind: 'update' | 'message' | 'notice'
  root: string | null
  parent: string | null
  author: string
  by: PersonCard
  title: string | null
  body: string
  state: 'published' | 'removed'
  created_at: string
  edited_at: string | null
  /** the sort of a quiet line */
  notice?: string | null
  reply_count: number
  active_at: string
  active_id: string
  reactions: Reaction[]
  mentions: { id: string; handle: string; name: string }[]
  files: FileRecord[]
  repliers: PersonCard[]
  external?: { source: 'slack'; label?: string }
}

export type Conversation = Space & { last: Entry | null }
export type FeedEntry = Entry & { space_card: SpaceCard; unread: number }
/** Places in a text, in UTF-16 units, the end exclusive. */
export type Marks = [number, number][]
export type FoundEntry = Entry & { space_card: SpaceCard; excerpt: { text: string; marks: Marks; title_marks: Marks } }
export type InboxItem = {
  root: Entry
  space_card: SpaceCard
  reasons: string[]
  entries: Entry[]
  unread: number
  at: string
}
export type Unread = { spaces: Record<string, number>; inbox: number }

export type Page<T> = { items: T[]; next: string | null }

/** One fact of the log. `data` is small and never carries a body. */
export type LiveEvent = {
  seq: number
  type: string
  space: string | null
  entry?: Entry | null
  /** For what happened to a reply: the head of its thread as it is now. */
  thread?: Pick<Entry, 'id' | 'reply_count' | 'active_id' | 'active_at' | 'repliers'> | null
  person?: PersonCard | null
  actor: string | null
  data: Record<string, unknown>
  at: string
}

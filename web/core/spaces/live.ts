import { queryClient } from '../../kernel/query.ts'
import { myId } from '../../kernel/session.tsx'
import type { LiveEvent, Page, Conversation } from '../../kernel/types.ts'
import { refetchUnread } from '../../kernel/unread.ts'
import { spaceKeys } from './queries.ts'

const stale = (...keys: (readonly unknown[])[]) => {
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
}

const COUNTED = new Set(['entry.published', 'entry.removed', 'entry.restored', 'notification.created', 'read.marked'])
const CHARTER = new Set(['space.changed', 'space.archived', 'space.unarchived', 'space.opened', 'space.imported'])
const REQUESTS = new Set(['join.requested', 'join.declined', 'space.invited'])

/** Spaces change seldom and are cheap to fetch: what an event names is fetched again. */
export function live(event: LiveEvent) {
  if (COUNTED.has(event.type)) refetchUnread()
  if (event.type === 'entry.published') conversationMoved(event)
  if (CHARTER.has(event.type)) stale(spaceKeys.all, spaceKeys.conversations, spaceKeys.one(event.space ?? ''))
  if (REQUESTS.has(event.type)) stale(spaceKeys.one(event.space ?? ''), spaceKeys.all)
  if (event.type.startsWith('membership.')) membershipChanged(event)
}

function membershipChanged(event: LiveEvent) {
  stale(spaceKeys.one(event.space ?? ''), spaceKeys.all)
  if ((event.person?.id ?? event.data.person) !== myId()) return
  stale(spaceKeys.conversations)
  refetchUnread()
}

/** The newest conversation stands first; one never seen before is fetched with the list. */
function conversationMoved(event: LiveEvent) {
  const known = queryClient.getQueryData<Page<Conversation>>(spaceKeys.conversations)?.items
  const isNews = event.entry?.kind === 'message' && !event.entry.root
  if (isNews || known?.some(({ id }) => id === event.space)) stale(spaceKeys.conversations)
}

import { queryClient } from '../../kernel/query.ts'
import { myId } from '../../kernel/session.tsx'
import type { LiveEvent, Page, Conversation, Space } from '../../kernel/types.ts'
import { RAIL } from './rail.ts'
import { withMember } from './member-counts.ts'
import { spaceKeys } from './queries.ts'

const stale = (...keys: (readonly unknown[])[]) => {
  for (const queryKey of keys) void queryClient.invalidateQueries({ queryKey })
}

const CHARTER = new Set(['space.changed', 'space.archived', 'space.unarchived', 'space.opened', 'space.imported'])
const REQUESTS = new Set(['join.requested', 'join.declined', 'space.invited'])

/** Spaces change seldom and are cheap to fetch: what an event names is fetched again. Who comes and goes changes a number. */
export function live(event: LiveEvent) {
  if (event.type === 'entry.published') conversationMoved(event)
  if (event.type === 'rail.changed') stale(RAIL)
  if (CHARTER.has(event.type)) stale(spaceKeys.all, spaceKeys.conversations, spaceKeys.one(event.space ?? ''))
  if (REQUESTS.has(event.type)) stale(spaceKeys.one(event.space ?? ''), spaceKeys.all)
  // Who asks or is invited elsewhere is answered there; the number at the members and the directory follow.
  if (event.type === 'waiting.changed') stale(spaceKeys.all, ['space'])
  if (event.type.startsWith('membership.')) membershipChanged(event)
}

function membershipChanged(event: LiveEvent) {
  const space = event.space ?? ''
  if ((event.person?.id ?? event.data.person) === myId()) return stale(spaceKeys.one(space), spaceKeys.all, spaceKeys.conversations)
  stale(spaceKeys.members(space), spaceKeys.requests(space))
  const change = (one: Space) => (one.id === space ? withMember(one, event) : one)
  // What a number cannot say is asked for.
  if (isUnclear(event)) return stale(spaceKeys.one(space), spaceKeys.all)
  adjust<Space>(spaceKeys.one(space), change)
  adjust<Space[]>(spaceKeys.mine, (mine) => mine.map(change))
  adjust<{ pages: Page<Space>[] }>(['spaces', 'directory'], (data) => ({ ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })) }))
}

// What is under way may have been read before this happened, and would be shown over it: it is asked for again.
function adjust<T>(queryKey: readonly unknown[], change: (data: T) => T) {
  if (queryClient.isFetching({ queryKey })) return stale(queryKey)
  queryClient.setQueriesData<T>({ queryKey }, (data) => data && change(data))
}

/** Whether other guests are left, or who came had been invited, only the server knows. */
const isUnclear = ({ type, person, space }: LiveEvent) => (type === 'membership.left' && (!person || person.role === 'guest'))
  || (type === 'membership.joined' && !!queryClient.getQueryData<Space>(spaceKeys.one(space ?? ''))?.my.inviting)

/** The newest conversation stands first; one never seen before is fetched with the list. */
function conversationMoved({ entry, space }: LiveEvent) {
  if (entry?.kind !== 'message' || entry.root) return
  const known = [...(queryClient.getQueryData<Page<Conversation>>(spaceKeys.conversations)?.items ?? []), ...(queryClient.getQueryData<Space[]>(spaceKeys.mine) ?? [])]
  if (!known.some(({ id }) => id === space)) stale(spaceKeys.conversations)
}

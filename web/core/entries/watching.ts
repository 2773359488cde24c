import { watchSpaces, whenWatched } from '../../kernel/live.ts'
import { queryClient } from '../../kernel/query.ts'
import { follower } from './fetched.ts'
import { cache } from './cache.ts'
import { isOfOneSpace, spacesOf, watched } from './on-screen.ts'

const MOST = 100
/** What was found just before one is told of its spaces is as good as new; what one comes back to is not. */
const SLACK = 2_000

const queries = queryClient.getQueryCache()
const active = () => queries.getAll().filter((query) => query.isActive())

let looking: ReturnType<typeof setTimeout> | undefined
queries.subscribe(() => {
  looking ??= setTimeout(() => {
    looking = undefined
    look()
  }, 0)
})

/** Whatever is shown of spaces that one does not follow, in any page, is watched for as long as it is shown. */
function look() {
  if (!queryClient.getQueryData(['spaces', 'mine'])) return
  const follows = follower({ ...cache, watches: () => true })
  const shown = new Set(active().flatMap((query) => spacesOf(query.queryKey, query.state.data)).filter((space) => space && !follows(space)))
  const next = [...shown].slice(0, MOST)
  if (next.length === watched.size && next.every((space) => watched.has(space))) return
  watched.clear()
  for (const space of next) watched.add(space)
  watchSpaces(next)
}

// What happened in a space before one was told of it is not heard any more: what shows it is asked for again.
whenWatched((spaces) => {
  const now = Date.now()
  const news = new Set(spaces)
  for (const query of active()) {
    const isOld = query.state.dataUpdatedAt < now - (isOfOneSpace(query.queryKey) ? 0 : SLACK)
    if (query.state.data === undefined || !isOld || !spacesOf(query.queryKey, query.state.data).some((space) => news.has(space))) continue
    void queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false })
  }
})

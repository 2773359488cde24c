import { useMySpaces } from '../../core/spaces/queries.ts'
import { later } from '../../kernel/later.ts'

const Start = later(() => import('./Start.tsx').then((file) => file.Start), ['suggestions'])

// Whoever is in as many spaces as these has found their way, and nothing of it is loaded.
const FEW = 3

/** On Home of somebody who is new: three spaces and three people to begin with, each with its reason. */
export function StartWith() {
  const { data: mine } = useMySpaces()
  return mine && mine.length < FEW ? <Start /> : null
}

import { api } from '../../../kernel/api.ts'
import { currentMe } from '../../../kernel/session.tsx'

type Named = { handle: string; name: string }

const known = new Map<string, string>()
const asked = new Set<string>()
/** So many are asked for at once; who writes more names than this by hand waits for the others. */
const MOST_ASKED = 10

/** Keeps how people are called, by their handles, for what is written from now on. */
export function noteNames(people: Named[]): void {
  for (const { handle, name } of people) known.set(handle.toLowerCase(), name)
}

/** How somebody with this handle is called, where it is known here. */
export function nameOf(handle: string): string | undefined {
  const me = currentMe()
  return known.get(handle) ?? (me?.handle === handle ? me.name : undefined)
}

/** Finds out how people are called who can read a space; each is asked for once. @returns whether anything new is known */
export async function askForNames(space: string, handles: string[]): Promise<boolean> {
  const open = handles.filter((handle) => !nameOf(handle) && !asked.has(`${space} ${handle}`)).slice(0, MOST_ASKED)
  for (const handle of open) asked.add(`${space} ${handle}`)
  const found = await Promise.all(open.map((q) => api.get<{ items: Named[] }>('/mention-suggestions', { space, q }).then(({ items }) => items, () => [])))
  noteNames(found.flat())
  return open.some((handle) => nameOf(handle))
}

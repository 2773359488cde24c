/** Under which keys the conversation is cached; apply-event.ts knows what stands under each. */
export const entryKeys = {
  home: (tab: 'latest' | 'unread') => ['home', tab] as const,
  homes: ['home'] as const,
  /** A space's threads, newest activity first, or everything in it, newest first. */
  space: (id: string, view: 'threads' | 'flat') => ['entries', id, view] as const,
  /** The same flat, from a day on. */
  spaceFrom: (id: string, day: string) => ['entries', id, 'flat', day] as const,
  spaces: ['entries'] as const,
  thread: (id: string) => ['thread', id] as const,
  one: (id: string) => ['entry', id] as const,
  inbox: ['inbox'] as const,
  search: (q: string) => ['search', q] as const,
  topic: (name: string) => ['topic', name] as const,
  writtenBy: (person: string) => ['written', person] as const,
  conversations: ['conversations'] as const,
  unread: ['unread'] as const,
}

import { announce } from '../../kernel/announce.tsx'
import { i18n } from '../../kernel/i18n.ts'
import { queryClient } from '../../kernel/query.ts'
import type { LiveEvent } from '../../kernel/types.ts'
import { applyEvent } from './apply-event.ts'
import { cache, myId } from './cache.ts'
import type { Thread } from './entry-lists.ts'
import { inWords } from './in-words.ts'
import { sync } from './draft-keeping.ts'
import { settle } from './sending.ts'

/** Puts an event into everything that was fetched. */
export function live(event: LiveEvent) {
  const me = myId()
  if (event.type === 'typing' || !me) return
  if (event.type.startsWith('draft.')) return void sync().then(({ hear }) => hear(event)).catch(() => {})
  if (event.type === 'entry.published' && event.entry?.author === me) settle(event.entry)
  applyEvent(cache, event, me)
  if (event.type === 'entry.published') speak(event, me)
}

/** Says a new message to those who cannot see it arrive: in the thread or conversation that is open, or by number on Home. */
function speak({ entry }: LiveEvent, me: string) {
  if (!entry || entry.author === me || entry.state !== 'published') return
  const isOpen = queryClient.getQueryCache().getAll().some((query) => query.isActive() && isStripWith(query.queryKey, query.state.data, entry))
  if (isOpen) announce(i18n.t('entries:said', { name: entry.by.name, text: inWords(entry, 160) }))
}

const isStripWith = (key: readonly unknown[], data: unknown, entry: { space: string; root: string | null }) =>
  (key[0] === 'thread' && entry.root !== null && (data as Thread | undefined)?.root.id === entry.root)
  || (key[0] === 'entries' && key[1] === entry.space && key[2] === 'flat')

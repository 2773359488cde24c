import { findTopics } from '../../../server/kernel/text.ts'
import type { SuggestionSource } from '../../core/entries/composer/suggestion-source.ts'
import { queryClient } from '../../kernel/query.ts'
import type { Entry } from '../../kernel/types.ts'

/** `#lo` offers the topics of what has been read lately: what others call it, before one invents another word. */
export const topicSuggestions: SuggestionSource = {
  sign: '#',
  alike: ['＃', '﹟'],
  from: 1,
  find: async (typed) => {
    const counts = new Map<string, number>()
    for (const topic of seenTopics()) counts.set(topic, (counts.get(topic) ?? 0) + 1)
    const wanted = typed.normalize('NFKC').toLowerCase()
    return [...counts].filter(([topic]) => topic.startsWith(wanted) && topic !== wanted).sort(([, a], [, b]) => b - a).slice(0, 6)
      .map(([topic]) => ({ id: topic, text: `#${topic}`, label: `#${topic}`, sign: '#' }))
  },
}

function seenTopics() {
  const seen = new Map<string, string>()
  for (const query of queryClient.getQueryCache().getAll()) collect(query.state.data, seen)
  return [...seen.values()].filter((body) => /[#＃﹟]/.test(body)).flatMap((body) => findTopics(body))
}

/** The bodies anywhere in what was fetched: pages, strips and threads alike. */
function collect(data: unknown, seen: Map<string, string>) {
  if (Array.isArray(data)) for (const one of data) collect(one, seen)
  else if (data && typeof data === 'object') {
    const { id, body, pages, items, root } = data as Partial<Entry> & { pages?: unknown; items?: unknown }
    if (typeof body === 'string' && id) seen.set(id, body)
    for (const inside of [pages, items, root]) if (inside && typeof inside === 'object') collect(inside, seen)
  }
}

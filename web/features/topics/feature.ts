import { entryExtensions } from '../../core/entries/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { topicSuggestions } from './topic-suggestions.ts'

entryExtensions.suggestions.push(topicSuggestions)

export const topics: Feature = {
  name: 'topics',
  pages: [{ path: '/topics/$name', load: () => import('./TopicPage.tsx').then((file) => file.TopicPage) }],
}

import type { Feature } from '../../kernel/feature.ts'

export const topics: Feature = {
  name: 'topics',
  pages: [{ path: '/topics/$name', load: () => import('./TopicPage.tsx').then((file) => file.TopicPage) }],
}

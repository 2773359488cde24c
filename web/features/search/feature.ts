import type { Feature } from '../../kernel/feature.ts'

export const search: Feature = {
  name: 'search',
  pages: [{ path: '/search', texts: ['search'], load: () => import('./SearchPage.tsx').then((file) => file.SearchPage) }],
}

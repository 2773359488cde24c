import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'

export const suggestions: Feature = {
  name: 'suggestions',
  live,
  pages: [{ path: '/meet', texts: ['suggestions'], load: () => import('./MeetPage.tsx').then((file) => file.MeetPage) }],
}

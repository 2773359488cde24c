import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'

export const communities: Feature = {
  name: 'communities',
  live,
  pages: [{ path: '/communities', texts: ['communities'], load: () => import('./CommunitiesPage.tsx').then((file) => file.CommunitiesPage) }],
}

import type { Feature } from '../../kernel/feature.ts'

export const spaceHealth: Feature = {
  name: 'space-health',
  pages: [{ path: '/spaces/$id/health', texts: ['space-health'], load: () => import('./HealthPage.tsx').then((file) => file.HealthPage) }],
}

import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { live } from './live.ts'

defineWaiting('home_proposed', { texts: 'communities', Line: later(() => import('./HomeWaiting.tsx').then((file) => file.HomeWaiting)) })

export const communities: Feature = {
  name: 'communities',
  live,
  pages: [{ path: '/communities', texts: ['communities', 'charter'], load: () => import('./CommunitiesPage.tsx').then((file) => file.CommunitiesPage) }],
}

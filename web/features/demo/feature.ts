import type { Feature } from '../../kernel/feature.ts'

export const demo: Feature = {
  name: 'demo',
  pages: [{ path: '/admin/demo', texts: ['admin', 'demo'], load: () => import('./DemoPage.tsx').then((file) => file.DemoPage) }],
}

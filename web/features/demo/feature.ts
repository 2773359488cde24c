import type { Feature } from '../../kernel/feature.ts'

export const demo: Feature = {
  name: 'demo',
  pages: [
    { path: '/start', texts: ['setup', 'demo'], bare: true, load: () => import('./StartPage.tsx').then((file) => file.StartPage) },
    { path: '/admin/demo', texts: ['admin', 'demo'], load: () => import('./DemoPage.tsx').then((file) => file.DemoPage) },
  ],
}

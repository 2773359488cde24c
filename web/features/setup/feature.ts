import type { Feature } from '../../kernel/feature.ts'

export const setup: Feature = {
  name: 'setup',
  pages: [
    { path: '/setup', texts: ['setup'], bare: true, load: () => import('./SetupPage.tsx').then((file) => file.SetupPage) },
  ],
}

import type { Feature } from '../../kernel/feature.ts'

export const setup: Feature = {
  name: 'setup',
  pages: [
    { path: '/setup', texts: ['setup'], bare: true, load: () => import('./SetupPage.tsx').then((file) => file.SetupPage) },
    { path: '/start', texts: ['setup', 'demo'], bare: true, load: () => import('./StartPage.tsx').then((file) => file.StartPage) },
  ],
}

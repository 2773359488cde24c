import type { Feature } from '../../kernel/feature.ts'

export const setup: Feature = {
  name: 'setup',
  pages: [
    { path: '/setup', bare: true, load: () => import('./SetupPage.tsx').then((file) => file.SetupPage) },
    { path: '/start', bare: true, load: () => import('./StartPage.tsx').then((file) => file.StartPage) },
  ],
}

import type { Feature } from '../../kernel/feature.ts'

export const home: Feature = {
  name: 'home',
  pages: [{ path: '/', load: () => import('./HomePage.tsx').then((file) => file.HomePage) }],
}

import type { Feature } from '../../kernel/feature.ts'

export const rooting: Feature = {
  name: 'rooting',
  pages: [{ path: '/rooting', texts: ['rooting'], load: () => import('./RootingPage.tsx').then((file) => file.RootingPage) }],
}

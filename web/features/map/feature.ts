import type { Feature } from '../../kernel/feature.ts'

export const map: Feature = {
  name: 'map',
  pages: [{ path: '/map', texts: ['map'], load: () => import('./MapPage.tsx').then((file) => file.MapPage) }],
}

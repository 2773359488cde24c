import type { Feature } from '../../kernel/feature.ts'

export const imports: Feature = {
  name: 'imports',
  pages: [{ path: '/admin/import', texts: ['admin', 'problems', 'imports'], load: () => import('./ImportPage.tsx').then((file) => file.ImportPage) }],
}

import type { Feature } from '../../kernel/feature.ts'

export const slackImport: Feature = {
  name: 'slack-import',
  pages: [{ path: '/admin/import', texts: ['admin', 'problems', 'slack-import'], load: () => import('./ImportPage.tsx').then((file) => file.ImportPage) }],
}

import type { Feature } from '../../kernel/feature.ts'

export const inbox: Feature = {
  name: 'inbox',
  pages: [{ path: '/inbox', load: () => import('./InboxPage.tsx').then((file) => file.InboxPage) }],
}

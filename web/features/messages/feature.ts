import type { Feature } from '../../kernel/feature.ts'

export const messages: Feature = {
  name: 'messages',
  pages: [{ path: '/messages', load: () => import('./MessagesPage.tsx').then((file) => file.MessagesPage) }],
}

import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'

const conversation = () => import('./MessagesPage.tsx').then((file) => file.MessagesPage)

export const messages: Feature = {
  name: 'messages',
  live,
  pages: [{ path: '/messages', load: conversation }, { path: '/messages/$id', load: conversation }],
}

import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'

export const emoji: Feature = {
  name: 'emoji',
  live,
  pages: [
    { path: '/emoji', texts: ['emoji'], load: () => import('./EmojiPage.tsx').then((file) => file.EmojiPage) },
    { path: '/admin/emoji', texts: ['admin', 'emoji'], load: () => import('./EmojiPage.tsx').then((file) => file.AdminEmojiPage) },
  ],
}

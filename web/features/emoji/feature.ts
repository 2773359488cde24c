import type { Feature } from '../../kernel/feature.ts'

export const emoji: Feature = {
  name: 'emoji',
  pages: [
    { path: '/emoji', texts: ['emoji'], load: () => import('./EmojiPage.tsx').then((file) => file.EmojiPage) },
    { path: '/admin/emoji', texts: ['admin', 'emoji'], load: () => import('./EmojiPage.tsx').then((file) => file.AdminEmojiPage) },
  ],
}

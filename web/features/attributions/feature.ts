import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { live } from './live.ts'

defineWaiting('words_to_confirm', { texts: 'attributions', Line: later(() => import('./WordsWaiting.tsx').then((file) => file.WordsWaiting)) })

export const attributions: Feature = {
  name: 'attributions',
  pages: [{ path: '/imported', texts: ['attributions'], load: () => import('./AttributionsPage.tsx').then((file) => file.AttributionsPage) }],
  live,
}

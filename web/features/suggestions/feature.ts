import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { live } from './live.ts'
import { StartWith } from './StartWith.tsx'

entryExtensions.home.push(StartWith)
defineWaiting('introduction', { texts: 'suggestions', Line: later(() => import('./IntroductionWaiting.tsx').then((file) => file.IntroductionWaiting)) })

export const suggestions: Feature = {
  name: 'suggestions',
  live,
  pages: [{ path: '/meet', texts: ['suggestions'], load: () => import('./MeetPage.tsx').then((file) => file.MeetPage) }],
}

import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import { live } from './live.ts'

entryExtensions.send.push(later(() => withTexts('scheduled', () => import('./SendLater.tsx')).then((file) => file.SendLater)))
defineWaiting('not_sent', { texts: 'scheduled', Line: later(() => withTexts('problems', () => import('./NotSentWaiting.tsx')).then((file) => file.NotSentWaiting)) })

export const scheduled: Feature = {
  name: 'scheduled', live,
  pages: [{ path: '/scheduled', texts: ['scheduled', 'problems'], load: () => import('./ScheduledPage.tsx').then((file) => file.ScheduledPage) }],
}

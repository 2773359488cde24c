import { entryExtensions } from '../../core/entries/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { InboxNotice } from './InboxNotice.tsx'
import { live } from './live.ts'

entryExtensions.inbox.push(InboxNotice)

export const attributions: Feature = {
  name: 'attributions',
  pages: [{ path: '/imported', texts: ['attributions'], load: () => import('./AttributionsPage.tsx').then((file) => file.AttributionsPage) }],
  live,
}

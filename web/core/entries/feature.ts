import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { EntryDialogs } from './EntryDialogs.tsx'
import { live } from './live.ts'
import './watching.ts'

const ThreadPanel = later(() => import('./ThreadPanel.tsx').then((file) => file.ThreadPanel))

export const entries: Feature = {
  name: 'entries',
  pages: [{ path: '/e/$id', load: () => import('./EntryPage.tsx').then((file) => file.EntryPage) }],
  live,
  slots: { thread: ThreadPanel, overlay: EntryDialogs },
}

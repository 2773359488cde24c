import { lazy } from 'react'
import type { Feature } from '../../kernel/feature.ts'

const ThreadPanel = lazy(() => import('./ThreadPanel.tsx').then((file) => ({ default: file.ThreadPanel })))

export const entries: Feature = {
  name: 'entries',
  pages: [{ path: '/e/$id', load: () => import('./EntryPage.tsx').then((file) => file.EntryPage) }],
  slots: { thread: ThreadPanel },
}

import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'
import { PresenceDoor } from './PresenceDoor.tsx'

export const people: Feature = {
  name: 'people',
  live,
  slots: { overlay: PresenceDoor },
  pages: [
    { path: '/people', load: () => import('./PeoplePage.tsx').then((file) => file.PeoplePage) },
    { path: '/people/$id', texts: ['profile'], load: () => import('./ProfilePage.tsx').then((file) => file.ProfilePage) },
    { path: '/more', load: () => import('./MorePage.tsx').then((file) => file.MorePage) },
  ],
}

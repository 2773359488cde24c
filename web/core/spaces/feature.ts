import type { Feature } from '../../kernel/feature.ts'
import { live } from './live.ts'
import { NewSpaceDoor } from './NewSpaceDoor.tsx'
import { RailSections } from './RailSections.tsx'

export const spaces: Feature = {
  name: 'spaces',
  live,
  slots: { rail: RailSections, overlay: NewSpaceDoor },
  pages: [
    { path: '/spaces', load: () => import('./DirectoryPage.tsx').then((file) => file.DirectoryPage) },
    { path: '/spaces/$id', load: () => import('./SpacePage.tsx').then((file) => file.SpacePage) },
    { path: '/spaces/$id/members', load: () => import('./MembersPage.tsx').then((file) => file.MembersPage) },
  ],
}

import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { defineWaiting } from '../waiting/waiting.ts'
import { live } from './live.ts'
import { NewSpaceDoor } from './NewSpaceDoor.tsx'
import { RailSections } from './RailSections.tsx'

defineWaiting('space_invited', { Line: later(() => import('./SpaceWaiting.tsx').then((file) => file.InvitedLine)) })
defineWaiting('join_asked', { Line: later(() => import('./SpaceWaiting.tsx').then((file) => file.AskedLine)) })

export const spaces: Feature = {
  name: 'spaces',
  live,
  slots: { rail: RailSections, overlay: NewSpaceDoor },
  pages: [
    { path: '/spaces', texts: ['directory'], load: () => import('./DirectoryPage.tsx').then((file) => file.DirectoryPage) },
    { path: '/spaces/$id', load: () => import('./SpacePage.tsx').then((file) => file.SpacePage) },
    { path: '/spaces/$id/members', texts: ['members'], load: () => import('./MembersPage.tsx').then((file) => file.MembersPage) },
  ],
}

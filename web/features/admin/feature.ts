import type { Feature } from '../../kernel/feature.ts'

export const admin: Feature = {
  name: 'admin',
  pages: [
    { path: '/admin', load: () => import('./AdminPeoplePage.tsx').then((file) => file.AdminPeoplePage) },
    { path: '/admin/people', load: () => import('./AdminPeoplePage.tsx').then((file) => file.AdminPeoplePage) },
    { path: '/admin/network', load: () => import('./NetworkPage.tsx').then((file) => file.NetworkPage) },
    { path: '/admin/failures', load: () => import('./FailuresPage.tsx').then((file) => file.FailuresPage) },
  ],
}

import type { Feature } from '../../kernel/feature.ts'

export const admin: Feature = {
  name: 'admin',
  pages: [
    { path: '/admin', texts: ['admin'], load: () => import('./AdminPeoplePage.tsx').then((file) => file.AdminPeoplePage) },
    { path: '/admin/people', texts: ['admin'], load: () => import('./AdminPeoplePage.tsx').then((file) => file.AdminPeoplePage) },
    { path: '/admin/network', texts: ['admin'], load: () => import('./NetworkPage.tsx').then((file) => file.NetworkPage) },
    { path: '/admin/failures', texts: ['admin'], load: () => import('./FailuresPage.tsx').then((file) => file.FailuresPage) },
  ],
}

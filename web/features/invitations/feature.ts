import type { Feature } from '../../kernel/feature.ts'

export const invitations: Feature = {
  name: 'invitations',
  pages: [
    { path: '/invite/$token', texts: ['invitations', 'setup'], bare: true, load: () => import('./AcceptPage.tsx').then((file) => file.AcceptPage) },
    { path: '/invite-people', texts: ['invitations'], load: () => import('./InvitationsPage.tsx').then((file) => file.InvitePage) },
    { path: '/admin/invitations', texts: ['admin', 'invitations'], load: () => import('./InvitationsPage.tsx').then((file) => file.InvitationsPage) },
  ],
}

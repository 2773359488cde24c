import type { Feature } from '../../kernel/feature.ts'

export const invitations: Feature = {
  name: 'invitations',
  pages: [
    { path: '/invite/$token', bare: true, load: () => import('./AcceptPage.tsx').then((file) => file.AcceptPage) },
    { path: '/admin/invitations', load: () => import('./InvitationsPage.tsx').then((file) => file.InvitationsPage) },
  ],
}

import type { Feature } from '../../kernel/feature.ts'

export const mailbox: Feature = {
  name: 'mailbox',
  pages: [{ path: '/admin/mailbox', texts: ['admin', 'mailbox'], load: () => import('./MailboxPage.tsx').then((file) => file.MailboxPage) }],
}

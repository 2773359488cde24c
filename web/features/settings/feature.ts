import type { Feature } from '../../kernel/feature.ts'
import { ProofDoor } from './ProofDoor.tsx'

export const settings: Feature = {
  name: 'settings',
  pages: [
    { path: '/settings', texts: ['settings'], load: () => import('./ProfileSettings.tsx').then((file) => file.ProfileSettings) },
    { path: '/settings/profile', texts: ['settings'], load: () => import('./ProfileSettings.tsx').then((file) => file.ProfileSettings) },
    { path: '/settings/security', texts: ['settings'], load: () => import('./SecuritySettings.tsx').then((file) => file.SecuritySettings) },
    { path: '/settings/tokens', texts: ['settings'], load: () => import('./TokenSettings.tsx').then((file) => file.TokenSettings) },
    { path: '/confirm-email/$token', texts: ['settings'], load: () => import('./ConfirmEmailPage.tsx').then((file) => file.ConfirmEmailPage) },
    { path: '/settings/display', texts: ['settings', 'rail'], load: () => import('./DisplaySettings.tsx').then((file) => file.DisplaySettings) },
    { path: '/settings/network', texts: ['settings'], load: () => import('./NetworkSettings.tsx').then((file) => file.NetworkSettings) },
  ],
  slots: { overlay: ProofDoor },
}

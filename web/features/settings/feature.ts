import type { Feature } from '../../kernel/feature.ts'

export const settings: Feature = {
  name: 'settings',
  pages: [
    { path: '/settings', load: () => import('./ProfileSettings.tsx').then((file) => file.ProfileSettings) },
    { path: '/settings/profile', load: () => import('./ProfileSettings.tsx').then((file) => file.ProfileSettings) },
    { path: '/settings/security', load: () => import('./SecuritySettings.tsx').then((file) => file.SecuritySettings) },
    { path: '/settings/tokens', load: () => import('./TokenSettings.tsx').then((file) => file.TokenSettings) },
    { path: '/settings/display', load: () => import('./DisplaySettings.tsx').then((file) => file.DisplaySettings) },
  ],
}

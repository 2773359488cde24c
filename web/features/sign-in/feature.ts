import type { Feature } from '../../kernel/feature.ts'

export const signIn: Feature = {
  name: 'sign-in',
  pages: [
    { path: '/sign-in', texts: ['sign-in'], bare: true, load: () => import('./SignInPage.tsx').then((file) => file.SignInPage) },
    { path: '/forgotten-password', texts: ['sign-in'], bare: true, load: () => import('./ForgottenPage.tsx').then((file) => file.ForgottenPage) },
    { path: '/new-password', texts: ['sign-in'], bare: true, load: () => import('./ForgottenPage.tsx').then((file) => file.NewPasswordPage) },
  ],
}

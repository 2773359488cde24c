import type { Feature } from '../../kernel/feature.ts'

export const signIn: Feature = {
  name: 'sign-in',
  pages: [{ path: '/sign-in', bare: true, texts: ['sign-in'], load: () => import('./SignInPage.tsx').then((file) => file.SignInPage) }],
}

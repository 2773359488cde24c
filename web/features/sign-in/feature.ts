import type { Feature } from '../../kernel/feature.ts'

export const signIn: Feature = { name: 'sign-in' }

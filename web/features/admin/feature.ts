import type { Feature } from '../../kernel/feature.ts'

export const admin: Feature = { name: 'admin' }

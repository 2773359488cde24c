import type { Feature } from '../../kernel/feature.ts'

export const spaces: Feature = { name: 'spaces' }

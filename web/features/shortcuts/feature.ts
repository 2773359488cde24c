import type { Feature } from '../../kernel/feature.ts'

export const shortcuts: Feature = { name: 'shortcuts' }

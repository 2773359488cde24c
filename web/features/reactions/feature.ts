import type { Feature } from '../../kernel/feature.ts'

export const reactions: Feature = { name: 'reactions' }

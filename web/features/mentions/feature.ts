import type { Feature } from '../../kernel/feature.ts'

export const mentions: Feature = { name: 'mentions' }

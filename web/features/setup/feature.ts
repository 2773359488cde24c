import type { Feature } from '../../kernel/feature.ts'

export const setup: Feature = { name: 'setup' }

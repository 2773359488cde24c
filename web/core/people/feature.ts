import type { Feature } from '../../kernel/feature.ts'

export const people: Feature = { name: 'people' }

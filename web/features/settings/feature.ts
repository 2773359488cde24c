import type { Feature } from '../../kernel/feature.ts'

export const settings: Feature = { name: 'settings' }

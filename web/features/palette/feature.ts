import type { Feature } from '../../kernel/feature.ts'

export const palette: Feature = { name: 'palette' }

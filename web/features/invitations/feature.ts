import type { Feature } from '../../kernel/feature.ts'

export const invitations: Feature = { name: 'invitations' }

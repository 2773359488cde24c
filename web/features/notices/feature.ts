import { defineEntryKind } from '../../core/entries/kinds.ts'
import type { Feature } from '../../kernel/feature.ts'
import { NoticeLine } from './NoticeLine.tsx'

defineEntryKind({ name: 'notice', Line: NoticeLine, isQuiet: true })

export const notices: Feature = { name: 'notices' }

import { entryExtensions } from '../../core/entries/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { peopleSuggestions } from './people-suggestions.ts'

entryExtensions.suggestions.push(peopleSuggestions)

export const mentions: Feature = { name: 'mentions' }

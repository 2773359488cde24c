import { IconAt } from '@tabler/icons-react'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import type { Feature } from '../../kernel/feature.ts'
import { peopleSuggestions } from './people-suggestions.ts'

entryExtensions.suggestions.push(peopleSuggestions)
defineReason('mention', { text: 'mentions:mentions_you', Icon: IconAt })

export const mentions: Feature = { name: 'mentions' }

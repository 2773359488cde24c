import { entryExtensions } from '../../core/entries/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import './apply.ts'
import { AddReaction } from './AddReaction.tsx'
import { EmojiTool } from './EmojiTool.tsx'
import { emojiSuggestions } from './emoji-suggestions.ts'
import { QuickReactions } from './QuickReactions.tsx'
import { Reactions } from './Reactions.tsx'

entryExtensions.foot.push(Reactions)
entryExtensions.actions.push(AddReaction)
entryExtensions.quick.push(QuickReactions)
entryExtensions.tools.push(EmojiTool)
entryExtensions.suggestions.push(emojiSuggestions)

export const reactions: Feature = { name: 'reactions' }

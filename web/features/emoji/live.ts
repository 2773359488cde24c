import type * as emojiFacts from '../../../server/core/emoji/events.ts'
import { askForEmojiAgain } from '../../core/emoji/own-emoji.ts'
import type { LiveEvent } from '../../kernel/types.ts'

declare module '../../kernel/types.ts' { interface Facts { emoji: typeof emojiFacts } }

export function live(event: LiveEvent) {
  if (event.type === 'emoji.changed') askForEmojiAgain()
}

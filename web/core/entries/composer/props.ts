import type { ReactNode } from 'react'
import type { Audience } from '../../../kernel/ui/audience.ts'
import type { Draft } from '../drafts.ts'
import type { BegunKind } from '../kinds.ts'
import type { Place, Written } from '../sending.ts'
import type { Talk } from '../writing-habits.ts'

/** Why it was opened, so that the wish is fulfilled when the editor has come. */
export type Wish = 'write' | 'file' | 'mention' | 'show'

/** What was begun in the field before the editor came: the cursor stood so many signs before its end. */
export type Begun = { body?: string; caret?: number; hasFocus?: boolean; files: File[] }

export type ComposerProps = {
  /** Names the draft, and what `replying` may ask to focus. */
  place: string
  /** Whose people can be mentioned. */
  space: string
  audience: Audience
  placeholder: string
  /** What the button says: Post, Reply, Send, Save. */
  action: string
  /** Where what is written goes. */
  to: Place
  /** What begins something, or goes on with a talk, in which Enter may send. */
  mode?: 'post' | Talk
  /** How much is said about who can read it. */
  says?: 'who' | 'readers'
  name?: string
  /** Instead of the sentence, where the space is still to be chosen. */
  chooser?: ReactNode
  hasTitle?: boolean
  /** What one may begin here instead of what is usual. */
  kinds?: BegunKind[]
  /** Which of them it begins with. */
  kind?: string
  /** Edits this instead of a draft; stays until it is saved or cancelled. */
  initial?: Draft
  /** Instead of sending: what becomes of a change. */
  onSend?: (written: Written) => Promise<unknown>
  onCancel?: () => void
  onTyping?: () => void
}

import { useTranslation } from 'react-i18next'
import { EmojiSign } from '../../core/entries/EmojiName.tsx'
import type { Entry } from '../../kernel/types.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { toggleReaction } from './commands.ts'
import { frequent } from './frequent.ts'

const SHOWN = 3

/** The emoji one uses most, each at one press; what one has set already stands below the words. */
export function QuickReactions({ entry }: { entry: Entry }) {
  const { t } = useTranslation('reactions')
  const mine = new Set(entry.reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji))
  return frequent().filter((emoji) => !mine.has(emoji)).slice(0, SHOWN).map((emoji) => (
    <IconButton key={emoji} size={28} label={t('react_with', { emoji })} onClick={() => void toggleReaction(entry, emoji)}><EmojiSign emoji={emoji} /></IconButton>
  ))
}

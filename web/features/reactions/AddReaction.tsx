import { IconMoodPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { toggleReaction } from './commands.ts'
import { EmojiButton } from './EmojiButton.tsx'

/** Opens the picker and reacts with what was picked. */
export function AddReaction({ entry }: { entry: Entry }) {
  const { t } = useTranslation('reactions')
  const pick = (emoji: string) => {
    const isMine = entry.reactions.some((reaction) => reaction.emoji === emoji && reaction.mine)
    if (!isMine) void toggleReaction(entry, emoji)
  }
  return <EmojiButton label={t('add')} Icon={IconMoodPlus} pick={pick} />
}

import { IconMoodSmile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmojiButton } from './EmojiButton.tsx'

/** The emoji picker of the composer. */
export function EmojiTool({ insert }: { insert: (text: string) => void }) {
  const { t } = useTranslation('reactions')
  return <EmojiButton label={t('emoji')} Icon={IconMoodSmile} pick={insert} />
}

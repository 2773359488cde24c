import { IconStar, IconStarFilled, IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { muteSpace } from './muting.ts'
import { useRail } from './rail.ts'
import { toggleFavourite } from './rail-commands.ts'

/** Makes a space or conversation a favourite, which stands first in the rail. */
export function StarButton({ id }: { id: string }) {
  const { t } = useTranslation('rail')
  const isOne = useRail().favourites.includes(id)
  const Icon = isOne ? IconStarFilled : IconStar
  return <IconButton size={32} label={t('favourite')} aria-pressed={isOne} onClick={() => void toggleFavourite(id)}><Icon size={17} stroke={1.75} color={isOne ? 'var(--moss)' : undefined} /></IconButton>
}

/** What one may do with a conversation: hear nothing of it, and have it among the first. */
export function TalkButtons({ id }: { id: string }) {
  return <><MuteButton id={id} /><StarButton id={id} /></>
}

/** Hears nothing more of a conversation, or hears of it again. */
function MuteButton({ id }: { id: string }) {
  const { t } = useTranslation('rail')
  const isMuted = useUnread().muted_spaces.includes(id)
  const Icon = isMuted ? IconVolumeOff : IconVolume
  return <IconButton size={32} label={t('mute')} title={t(isMuted ? 'unmute' : 'mute')} aria-pressed={isMuted} onClick={() => void muteSpace(id, !isMuted)}><Icon size={17} stroke={1.75} color={isMuted ? 'var(--moss)' : undefined} /></IconButton>
}

import { IconVolume, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { useUnread } from '../../kernel/unread.ts'
import { muteSpace } from './muting.ts'

/** Hears nothing more of a conversation, or hears of it again. */
export function MuteButton({ id }: { id: string }) {
  const { t } = useTranslation('rail')
  const isMuted = useUnread().muted_spaces.includes(id)
  const Icon = isMuted ? IconVolumeOff : IconVolume
  return <IconButton size={32} label={t('mute')} title={t(isMuted ? 'unmute' : 'mute')} aria-pressed={isMuted} onClick={() => void muteSpace(id, !isMuted)}><Icon size={17} stroke={1.75} color={isMuted ? 'var(--moss)' : undefined} /></IconButton>
}

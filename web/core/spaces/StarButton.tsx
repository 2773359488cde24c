import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { useRail } from './rail.ts'
import { toggleFavourite } from './rail-commands.ts'

/** Makes a space or conversation a favourite, which stands first in the rail. */
export function StarButton({ id }: { id: string }) {
  const { t } = useTranslation('rail')
  const isOne = useRail().favourites.includes(id)
  const Icon = isOne ? IconStarFilled : IconStar
  return <IconButton size={32} label={t('favourite')} aria-pressed={isOne} onClick={() => void toggleFavourite(id)}><Icon size={17} stroke={1.75} color={isOne ? 'var(--moss)' : undefined} /></IconButton>
}

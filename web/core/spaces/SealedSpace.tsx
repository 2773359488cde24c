import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { JoinButton } from './JoinButton.tsx'

/** A space one may know of but not read. */
export function SealedSpace({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const { requested, invited } = space.my
  const words = invited ? 'invited_hint' : requested ? 'requested_hint' : 'sealed_hint'
  return (
    <EmptyState Icon={IconLock} title={t('sealed')} action={!requested && <JoinButton space={space} />}>
      {t(words)}
    </EmptyState>
  )
}

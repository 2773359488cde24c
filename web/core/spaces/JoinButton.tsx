import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../kernel/session.tsx'
import type { Space } from '../../kernel/types.ts'
import { useDeclineInvitation, useJoin } from './commands.ts'

/** The way into a space: join, ask to join, or answer an invitation. */
export function JoinButton({ space, size = 'compact-md' }: { space: Space; size?: 'compact-md' | 'sm' }) {
  const { t } = useTranslation('spaces')
  const join = useJoin(space)
  const decline = useDeclineInvitation(space)
  const { role } = useMe()
  const { my } = space
  if (my.role || space.state === 'archived') return null
  if (my.invited)
    return (
      <Group gap="xs" wrap="nowrap">
        <Button size={size} onClick={() => join.mutate()}>{t('accept')}</Button>
        <Button size={size} variant="default" onClick={() => decline.mutate()}>{t('decline')}</Button>
      </Group>
    )
  if (my.requested) return <Button size={size} variant="default" disabled>{t('requested')}</Button>
  if (role === 'guest') return null
  return (
    <Button size={size} variant="default" onClick={() => join.mutate()}>
      {t(space.kind === 'profile' ? 'follow' : space.visibility === 'open' ? 'join' : 'ask')}
    </Button>
  )
}

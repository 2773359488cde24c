import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { useLeave } from '../spaces/commands.ts'

/** Following a person's updates ends with one press; it may begin again with another. */
export function LeaveProfileButton({ space }: { space: Space }) {
  const { t } = useTranslation('people')
  const leave = useLeave(space)
  return <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>{t('profile:unfollow')}</Button>
}

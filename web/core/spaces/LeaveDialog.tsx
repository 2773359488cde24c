import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Space } from '../../kernel/types.ts'
import { ConfirmDialog } from '../../kernel/ui/ConfirmDialog.tsx'
import { useLeave } from './commands.ts'

export function LeaveDialog({ space, close }: { space: Space; close: () => void }) {
  const { t } = useTranslation('spaces')
  const navigate = useNavigate()
  const leave = useLeave(space)
  const left = () => {
    close()
    if (space.visibility !== 'open') void navigate({ to: paths.spaces })
  }
  return (
    <ConfirmDialog opened title={t('charter:leave_title', { name: space.name })} action={t('leave')} busy={leave.isPending} onClose={close}
      onConfirm={() => leave.mutate(undefined, { onSuccess: left, onError: close })}>
      {t(`charter:leave_${space.visibility}`)}
    </ConfirmDialog>
  )
}

import { Button, Group } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './Dialog.tsx'

type Props = { title: string; children: ReactNode; action: string; danger?: boolean; busy?: boolean; opened: boolean; onConfirm: () => void; onClose: () => void }

/** Asks before something that is hard to take back; `action` names the deed, never "OK"; a dangerous one is not the key nearest to hand. */
export function ConfirmDialog({ title, children, action, danger, busy, opened, onConfirm, onClose }: Props) {
  const { t } = useTranslation('kernel')
  if (!opened) return null
  return (
    <Dialog close={onClose} title={title} size="sm">
      <div>{children}</div>
      <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
        <Button variant="default" onClick={onClose} data-autofocus={danger || undefined}>{t('cancel')}</Button>
        <Button color={danger ? 'berry' : undefined} loading={busy} onClick={onConfirm} data-autofocus={!danger || undefined}>{action}</Button>
      </Group>
    </Dialog>
  )
}

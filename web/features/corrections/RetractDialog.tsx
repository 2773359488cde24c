import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_WORDS } from '../../../server/features/corrections/policy.ts'
import { useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import classes from './Corrections.module.css'
import { retract } from './commands.ts'

/** Takes all of an entry back, and says why. */
export function RetractDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('corrections')
  const [reason, setReason] = useState('')
  const go = useCommand({ run: () => retract(entry, reason.trim()), done: close })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim()) go.mutate()
  }
  return (
    <Dialog close={close} title={t('retract_title')}>
      <form onSubmit={send}>
        <Stack gap="md">
          <p className={classes.hint}>{t('retract_hint')}</p>
          <Textarea label={t('reason')} autosize minRows={2} maxRows={8} maxLength={MOST_WORDS} value={reason} onChange={(event) => setReason(event.currentTarget.value)} data-autofocus required />
          <p className={classes.hint}>{t('told')}</p>
          {go.error && <FormError>{reasonOf(t, go.error)}</FormError>}
        </Stack>
        <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
          <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
          <Button type="submit" disabled={!reason.trim()} loading={go.isPending}>{t('retract_do')}</Button>
        </Group>
      </form>
    </Dialog>
  )
}

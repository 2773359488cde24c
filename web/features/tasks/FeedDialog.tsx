import { Button, Group, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useCommand } from '../../kernel/query.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import classes from './Tasks.module.css'

/** Makes an address by which a calendar shows what I have to do. It is a token that opens this alone, and ends like any other. */
export function FeedDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('task-cards')
  const make = useCommand<void, { token: string }>({ run: () => api.post('/tokens', { name: t('feed.name'), scopes: ['feed'] }) })
  return (
    <Dialog close={close} title={t('feed.title')}>
      <Stack gap="md">
        <p className={classes.asked}>{t('feed.lead')}</p>
        {make.data && <CopyField label={t('feed.once')} value={`${location.origin}/feeds/tasks/${make.data.token}.ics`} />}
        {make.error && <FormError>{reasonOf(t, make.error)}</FormError>}
        <p className={classes.asked}>{t('feed.ends')} <Link to={paths.settings('tokens')} className="link" onClick={close}>{t('feed.tokens')}</Link></p>
      </Stack>
      <Group justify="flex-end" mt="lg" gap="sm" wrap="wrap-reverse">
        <Button variant="default" onClick={close}>{t(make.data ? 'kernel:close' : 'kernel:cancel')}</Button>
        {!make.data && <Button loading={make.isPending} onClick={() => make.mutate()}>{t('feed.make')}</Button>}
      </Group>
    </Dialog>
  )
}

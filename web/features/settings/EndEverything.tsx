import { Button, Checkbox, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { notify } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { createStore } from '../../kernel/store.ts'
import type { Page } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'

type Passkey = { id: string; name: string; created_at: string }
const isOpen = createStore(false)

/** Also offered when the password was changed: a thief may have made doors that it does not close. */
export const offerToEndEverything = () => isOpen.set(true)

export function EndEverything() {
  const { t } = useTranslation('settings')
  const opened = isOpen.use()
  return (
    <Section title={t('end.title')} lead={t('end.lead')}>
      <Button variant="default" onClick={offerToEndEverything}>{t('end.open')}</Button>
      {opened && <EndDialog close={() => isOpen.set(false)} />}
    </Section>
  )
}

function EndDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('settings')
  const { data: passkeys } = useQuery({ queryKey: ['passkeys'], queryFn: ({ signal }) => api.get<Page<Passkey>>('/passkeys', {}, signal) })
  const { data: tokens } = useQuery({ queryKey: ['tokens'], queryFn: ({ signal }) => api.get<Page<{ id: string }>>('/tokens', {}, signal) })
  const [kept, setKept] = useState<string[]>([])
  const end = useCommand({
    run: () => api.post('/me/end-everything', { keep_passkeys: kept }),
    done: () => {
      close()
      notify(t('end.done'))
      for (const name of ['sessions', 'passkeys', 'tokens']) void queryClient.invalidateQueries({ queryKey: [name] })
    },
  })
  return (
    <Dialog title={t('end.ask')} close={close} size="md">
      <Stack gap="sm">
        <p>{t('end.what', { count: tokens?.items.length ?? 0 })}</p>
        {!!passkeys?.items.length && (
          <Checkbox.Group label={t('end.keep')} value={kept} onChange={setKept}>
            <Stack gap="xs" mt="xs">
              {passkeys.items.map((key) => (
                <Checkbox key={key.id} value={key.id} label={<>{key.name}, {t('created')} <TimeAgo at={key.created_at} /></>} />
              ))}
            </Stack>
          </Checkbox.Group>
        )}
        {end.error && <FormError>{reasonOf(t, end.error)}</FormError>}
        <Group justify="flex-end" mt="sm">
          <Button variant="default" onClick={close} data-autofocus>{t('kernel:cancel')}</Button>
          <Button color="berry" loading={end.isPending} onClick={() => end.mutate()}>{t('end.do')}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}

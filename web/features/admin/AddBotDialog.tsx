import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleKeys } from '../../core/people/queries.ts'
import { api } from '../../kernel/api.ts'
import { errorAt, handleFrom, isGeneral, valuesOf } from '../../kernel/form.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { Person } from '../../kernel/types.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'

type NewBot = Person & { token: string }

/** A program that takes part under its own name. Its token is shown this once. People come in by invitation instead. */
export function AddBotDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('admin')
  const [name, setName] = useState('')
  const [handle, setHandle] = useState<string | null>(null)
  const add = useCommand<Record<string, string>, NewBot>({
    run: (bot) => api.post<NewBot>('/people', { ...bot, kind: 'bot', token: true }),
    done: () => void queryClient.invalidateQueries({ queryKey: peopleKeys.all }),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(valuesOf(event.currentTarget))
  }
  return (
    <Dialog title={t('bot.add')} close={close}>
      {add.data ? <Done bot={add.data} close={close} /> : (
        <form onSubmit={send}>
          <Stack gap="md">
            <p className="quiet">{t('bot.lead')}</p>
            <TextInput name="name" label={t('people.name')} required maxLength={100} value={name} data-autofocus
              onChange={(event) => setName(event.currentTarget.value)} error={errorAt(add.error, 'name')} />
            <TextInput name="handle" label={t('people.handle')} required maxLength={39} leftSection="@" value={handle ?? handleFrom(name)}
              onChange={(event) => setHandle(event.currentTarget.value)} error={errorAt(add.error, 'handle')} />
            {isGeneral(add.error, ['name', 'handle']) && <FormError>{reasonOf(t, add.error)}</FormError>}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
              <Button type="submit" loading={add.isPending}>{t('bot.add')}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}

function Done({ bot, close }: { bot: NewBot; close: () => void }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <p>{t('bot.added', { name: bot.name })}</p>
      <CopyField label={t('bot.once')} value={bot.token} />
      <Group justify="flex-end"><Button onClick={close} data-autofocus>{t('kernel:close')}</Button></Group>
    </>
  )
}

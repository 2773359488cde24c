import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { peopleKeys } from '../../core/people/queries.ts'
import { api } from '../../kernel/api.ts'
import { errorAt, handleFrom, isGeneral, valuesOf } from '../../kernel/form.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Person } from '../../kernel/types.ts'
import { CopyField } from '../../kernel/ui/CopyField.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'

type Added = { person: Person; url: string | null }

/** Adds the person and makes the link by which they set their password: an account without a way in helps nobody. */
async function addAndInvite({ email, ...input }: Record<string, string>): Promise<Added> {
  const person = await api.post<Person>('/people', { ...input, email })
  const { url } = await api.post<{ url: string | null }>('/invitations', { email, role: input.role, uses: 1 }).catch(() => ({ url: null }))
  return { person, url }
}

export function AddPersonDialog({ close }: { close: () => void }) {
  const { t } = useTranslation('admin')
  const me = useMe()
  const [name, setName] = useState('')
  const [handle, setHandle] = useState<string | null>(null)
  const add = useCommand<Record<string, string>, Added>({ run: addAndInvite, done: () => void queryClient.invalidateQueries({ queryKey: peopleKeys.all }) })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(valuesOf(event.currentTarget))
  }
  const roles = ['member', 'guest', 'admin', ...(me.role === 'owner' ? ['owner'] : [])]
  return (
    <Dialog close={close} title={t('people.add')}>
      {add.data ? <Done added={add.data} close={close} /> : (
        <form onSubmit={send}>
          <Stack gap="md">
            <TextInput name="name" label={t('people.name')} required maxLength={100} value={name} data-autofocus
              onChange={(event) => setName(event.currentTarget.value)} error={errorAt(add.error, 'name')} />
            <TextInput name="handle" label={t('people.handle')} required maxLength={39} leftSection="@" value={handle ?? handleFrom(name)}
              onChange={(event) => setHandle(event.currentTarget.value)} error={errorAt(add.error, 'handle')} />
            <TextInput name="email" type="email" label={t('people.email')} required error={errorAt(add.error, 'email')} />
            <Select name="role" label={t('people.role')} data={roles.map((value) => ({ value, label: t(`people:role.${value}`) }))}
              defaultValue="member" allowDeselect={false} />
            {isGeneral(add.error, ['name', 'handle', 'email']) && <FormError>{reasonOf(t, add.error)}</FormError>}
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
              <Button type="submit" loading={add.isPending}>{t('people.add')}</Button>
            </Group>
          </Stack>
        </form>
      )}
    </Dialog>
  )
}

function Done({ added, close }: { added: Added; close: () => void }) {
  const { t } = useTranslation('admin')
  return (
    <>
      <p>{t('people.added', { name: added.person.name })}</p>
      {added.url && <CopyField label={t('people.link')} value={added.url} />}
      <Group justify="flex-end"><Button onClick={close} data-autofocus>{t('kernel:close')}</Button></Group>
    </>
  )
}

import { Button, Group, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconFingerprint } from '@tabler/icons-react'
import { useRef, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { Page } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { passkeysWork, registerPasskey } from '../../core/people/passkey.ts'

type Passkey = { id: string; name: string; created_at: string; last_used_at: string | null }
const KEY = ['passkeys']
const refresh = () => void queryClient.invalidateQueries({ queryKey: KEY })

export function PasskeysSection() {
  const { t } = useTranslation('settings')
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Page<Passkey>>('/passkeys', {}, signal) })
  const remove = useCommand<string>({ run: (id) => api.delete(`/passkeys/${id}`), done: refresh, failed: t('passkeys.failed') })
  return (
    <Section title={t('passkeys.title')} lead={t(passkeysWork() ? 'passkeys.lead' : 'passkeys.insecure')}>
      {data?.items.map((key) => (
        <ListRow key={key.id} Icon={IconFingerprint} title={key.name}
          text={<>{t('created')} <TimeAgo at={key.created_at} />{key.last_used_at && <> · {t('used')} <TimeAgo at={key.last_used_at} /></>}</>}
          aside={<Button size="compact-md" variant="default" onClick={() => remove.mutate(key.id)} aria-label={t('passkeys.remove_one', { name: key.name })}>{t('remove')}</Button>} />
      ))}
      {passkeysWork() && <NewPasskey />}
    </Section>
  )
}

function NewPasskey() {
  const { t } = useTranslation('settings')
  const form = useRef<HTMLFormElement>(null)
  const add = useCommand<string>({
    run: registerPasskey,
    done: () => {
      form.current?.reset()
      refresh()
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    add.mutate(String(new FormData(event.currentTarget).get('name')).trim() || t('passkeys.unnamed'))
  }
  return (
    <form ref={form} onSubmit={send}>
      <Group gap="xs" align="flex-end" mt="sm">
        <TextInput name="name" label={t('passkeys.name')} placeholder={t('passkeys.placeholder')} maxLength={60} style={{ flex: 1 }} />
        <Button type="submit" variant="default" loading={add.isPending}>{t('passkeys.add')}</Button>
      </Group>
      {add.error && <FormError>{reasonOf(t, add.error)}</FormError>}
    </form>
  )
}

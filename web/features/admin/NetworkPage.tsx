import { Button, Group, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { valuesOf } from '../../kernel/form.ts'
import { notify } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { StorageSection } from './StorageSection.tsx'

export function NetworkPage() {
  const { t } = useTranslation('admin')
  const me = useMe()
  const rename = useCommand<Record<string, string>, unknown>({
    run: (body) => api.patch('/network', body),
    done: () => {
      void queryClient.invalidateQueries()
      notify(t('network.saved'))
    },
    failed: t('network.failed'),
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    rename.mutate(valuesOf(event.currentTarget))
  }
  return (
    <AdminPage>
      <Section title={t('network.title')} lead={t('network.lead')}>
        <form onSubmit={send}>
          <Group gap="xs" align="flex-end">
            <TextInput name="name" label={t('network.name')} required maxLength={80} defaultValue={me.network.name} style={{ flex: 1 }} />
            <Button type="submit" loading={rename.isPending}>{t('kernel:save')}</Button>
          </Group>
        </form>
      </Section>
      <StorageSection />
    </AdminPage>
  )
}

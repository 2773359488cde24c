import { Button, Group, MultiSelect, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { api } from '../../kernel/api.ts'
import { errorAt, isGeneral, valuesOf } from '../../kernel/form.ts'
import { LANGUAGES } from '../../kernel/i18n.ts'
import { notify } from '../../kernel/notify.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import { reasonOf } from '../../kernel/reason.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Logo, Page, Space } from '../../kernel/types.ts'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { LogoSection } from './LogoSection.tsx'
import { StorageSection } from './StorageSection.tsx'

type Named = { id: string; name: string }
type Settings = {
  language: string | null; members_invite: boolean; presence: boolean; link_previews: boolean; default_spaces: Named[]; mail_tried_at: string | null
  address: string; address_is_given: boolean; address_is_local: boolean; mail_from: string | null
}
type Network = { name: string; colour: string; logo: Logo | null; settings?: Settings }

const KEY = ['network', 'settings']
const COLOURS = ['moss', 'sea', 'plum', 'clay', 'slate']

export function NetworkPage() {
  const { t } = useTranslation('admin')
  const { data } = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<Network>('/network', {}, signal), staleTime: 0 })
  return (
    <AdminPage>
      {data?.settings && (
        <>
          <Looks network={data} settings={data.settings} />
          <LogoSection logo={data.logo} />
          <Address settings={data.settings} />
          <Mail settings={data.settings} />
          <Newcomers settings={data.settings} />
          <Switched title={t('network.presence')} label={t('network.presence_on')} hint={t('network.presence_hint')} of="presence" settings={data.settings} />
          <Switched title={t('network.links')} label={t('network.link_previews')} hint={t('network.link_previews_hint')} of="link_previews" settings={data.settings} />
        </>
      )}
      <StorageSection />
    </AdminPage>
  )
}

function useChange() {
  const { t } = useTranslation('admin')
  return useCommand<object, unknown>({
    run: (body) => api.patch('/network', body),
    done: () => {
      void queryClient.invalidateQueries()
      notify(t('network.saved'))
    },
    failed: t('network.failed'),
  })
}

/** What it is called, its colour, and the language for those who chose none. */
function Looks({ network, settings }: { network: Network; settings: Settings }) {
  const { t } = useTranslation('admin')
  const me = useMe()
  const change = useChange()
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { name, colour, language } = valuesOf(event.currentTarget)
    change.mutate({ name, colour, language: language || null })
  }
  return (
    <Section title={t('network.title')} lead={t('network.lead')}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <TextInput name="name" label={t('network.name')} required maxLength={80} defaultValue={me.network.name} />
          <Group grow align="flex-start">
            <Select name="colour" label={t('network.colour')} defaultValue={network.colour} allowDeselect={false} data={COLOURS.map((value) => ({ value, label: t(`network.colours.${value}`) }))} />
            <Select name="language" label={t('network.language')} description={t('network.language_hint')} inputWrapperOrder={['label', 'input', 'description', 'error']} defaultValue={settings.language ?? ''} allowDeselect={false}
              data={[{ value: '', label: t('network.language_of_sender') }, ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))]} />
          </Group>
          <Group justify="flex-end"><Button type="submit" loading={change.isPending}>{t('kernel:save')}</Button></Group>
        </Stack>
      </form>
    </Section>
  )
}

/** The address that stands in links and letters: tried before it is kept. */
function Address({ settings }: { settings: Settings }) {
  const { t } = useTranslation('admin')
  const set = useCommand<string>({
    run: (address) => api.put('/network/address', { address }),
    done: () => {
      void queryClient.invalidateQueries({ queryKey: KEY })
      notify(t('network.address_kept'))
    },
  })
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    set.mutate(valuesOf(event.currentTarget).address)
  }
  return (
    <Section title={t('network.address')} lead={t(settings.address_is_local ? 'network.address_local' : 'network.address_lead', { address: settings.address })}>
      {settings.address_is_given ? <p className="quiet">{t('network.address_given')}</p> : (
        <form onSubmit={send}>
          <Group gap="xs" align="flex-end">
            <TextInput name="address" type="url" label={t('network.address_new')} placeholder="https://talk.example.org" required style={{ flex: 1 }} error={errorAt(set.error, 'address')} />
            <Button type="submit" loading={set.isPending}>{t('network.try')}</Button>
          </Group>
          {isGeneral(set.error, ['address']) && <FormError>{reasonOf(t, set.error)}</FormError>}
        </form>
      )}
    </Section>
  )
}

/** Whether letters leave the house, tried with one to oneself. */
function Mail({ settings }: { settings: Settings }) {
  const { t } = useTranslation('admin')
  const attempt = useCommand<void, { to: string }>({
    run: () => api.post<{ to: string }>('/network/test-letter'),
    done: () => void queryClient.invalidateQueries({ queryKey: KEY }),
  })
  return (
    <Section title={t('network.mail')} lead={settings.mail_from ? t('network.mail_from', { from: settings.mail_from }) : t('network.mail_none')}>
      {settings.mail_from && <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate()}>{t('network.mail_try')}</Button>}
      <div role="status">{attempt.data && <p>{t('network.mail_sent', attempt.data)}</p>}</div>
      {attempt.error && <FormError>{reasonOf(t, attempt.error)}</FormError>}
    </Section>
  )
}

/** What newcomers follow from the start, and who may bring them. */
function Newcomers({ settings }: { settings: Settings }) {
  const { t } = useTranslation('admin')
  const change = useChange()
  const { data } = useQuery({ queryKey: ['spaces', 'open to all'], queryFn: ({ signal }) => api.get<Page<Space>>('/spaces', { limit: 100 }, signal) })
  const open = new Map([...settings.default_spaces, ...(data?.items ?? []).filter(({ visibility }) => visibility === 'open')].map(({ id, name }) => [id, name]))
  return (
    <Section title={t('network.newcomers')}>
      <Stack gap="md">
        <MultiSelect label={t('network.default_spaces')} description={t('network.default_spaces_hint')} searchable value={settings.default_spaces.map(({ id }) => id)}
          data={[...open].map(([value, label]) => ({ value, label }))} onChange={(default_spaces) => change.mutate({ default_spaces })} />
        <Switch label={t('network.members_invite')} description={t('network.members_invite_hint')} checked={settings.members_invite}
          onChange={(event) => change.mutate({ members_invite: event.currentTarget.checked })} />
      </Stack>
    </Section>
  )
}

/** A setting that is on or off, under a heading of its own. */
function Switched({ title, label, hint, of, settings }: { title: string; label: string; hint: string; of: 'presence' | 'link_previews'; settings: Settings }) {
  const change = useChange()
  return (
    <Section title={title}>
      <Switch label={label} description={hint} checked={settings[of]} onChange={(event) => change.mutate({ [of]: event.currentTarget.checked })} />
    </Section>
  )
}

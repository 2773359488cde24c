import { Button, Group, Stack } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { notify } from '../../kernel/notify.ts'
import type { PersonCard, Space } from '../../kernel/types.ts'
import { Section } from '../../kernel/ui/Section.tsx'
import { PeoplePicker } from '../people/PeoplePicker.tsx'
import { useInvite } from './commands.ts'

/** Find people of the network and invite all of them at once. */
export function InvitePanel({ space, members }: { space: Space; members: PersonCard[] }) {
  const { t } = useTranslation('spaces')
  const [chosen, setChosen] = useState<string[]>([])
  const invite = useInvite(space.id)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (!chosen.length) return
    invite.mutate(chosen, {
      onSuccess: () => {
        setChosen([])
        notify(t('invited', { count: chosen.length }))
      },
    })
  }
  return (
    <Section title={t('invite')} lead={t('members:invite_hint')}>
      <form onSubmit={send}>
        <Stack gap="sm">
          <PeoplePicker label={t('members:invite_find')} value={chosen} onChange={setChosen} without={new Set(members.map(({ id }) => id))} isFirst />
          <Group justify="flex-end"><Button type="submit" disabled={!chosen.length} loading={invite.isPending}>{t('members:invite_chosen', { count: chosen.length })}</Button></Group>
        </Stack>
      </form>
    </Section>
  )
}

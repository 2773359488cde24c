import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../kernel/announce.tsx'
import { api } from '../../kernel/api.ts'
import type { Page, PersonCard, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useInvite } from './commands.ts'

const SHOWN = 6

/** Find people of the network and invite them here. */
export function InvitePanel({ space, members }: { space: Space; members: PersonCard[] }) {
  const { t } = useTranslation('spaces')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const [invited, setInvited] = useState<string[]>([])
  const { data, error, refetch } = useQuery({
    queryKey: ['people', 'to-invite', q],
    queryFn: ({ signal }) => api.get<Page<PersonCard>>('/people', { q, state: 'active', limit: 30 }, signal),
  })
  const known = new Set(members.map(({ id }) => id))
  const invite = useInvite(space.id)
  const send = (person: PersonCard) => invite.mutate(person.id, {
    onSuccess: () => {
      setInvited((before) => [...before, person.id])
      announce(t('invited', { name: person.name }))
    },
  })
  const found = data?.items.filter(({ id }) => !known.has(id)).slice(0, SHOWN) ?? []
  return (
    <Section title={t('invite')} lead={t('invite_hint')}>
      <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} aria-label={t('invite_find')}
        placeholder={t('invite_find')} leftSection={<IconSearch size={16} />} autoFocus />
      {found.map((person) => (
        <PersonRow key={person.id} person={person} aside={invited.includes(person.id)
          ? <span className="quiet">{t('invited_short')}</span>
          : <Button size="compact-md" variant="default" onClick={() => send(person)} aria-label={t('invite_one', { name: person.name })}>{t('invite')}</Button>} />
      ))}
      {error && !data && <ErrorState error={error} retry={refetch} />}
      {data && found.length === 0 && <p className="quiet">{t('invite_nobody')}</p>}
    </Section>
  )
}

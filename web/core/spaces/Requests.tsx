import { Button, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import type { Page, PersonCard, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useAnswerRequest } from './commands.ts'
import { spaceKeys } from './queries.ts'

/** People who ask to be let in. */
export function Requests({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const answer = useAnswerRequest(space.id)
  const { data, error, refetch } = useQuery({
    queryKey: spaceKeys.requests(space.id),
    queryFn: ({ signal }) => api.get<Page<PersonCard>>(`/spaces/${space.id}/requests`, {}, signal),
    enabled: space.visibility !== 'open',
  })
  if (error && !data) return <Section title={t('requests')}><ErrorState error={error} retry={refetch} /></Section>
  if (!data?.items.length) return null
  return (
    <Section title={t('requests')}>
      {data.items.map((person) => (
        <PersonRow key={person.id} person={person} aside={
          <Group gap="xs" wrap="nowrap">
            <Button size="compact-md" onClick={() => answer.mutate({ person: person.id, answer: 'approve' })}>{t('approve')}</Button>
            <Button size="compact-md" variant="default" onClick={() => answer.mutate({ person: person.id, answer: 'decline' })}>{t('decline')}</Button>
          </Group>
        } />
      ))}
    </Section>
  )
}

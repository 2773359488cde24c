import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../kernel/query.ts'
import type { PersonCard, Space } from '../../kernel/types.ts'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useAnswerRequest } from './commands.ts'
import { spaceKeys } from './queries.ts'

/** People who ask to be let in. */
export function Requests({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const answer = useAnswerRequest(space.id)
  const list = usePages<PersonCard>(spaceKeys.requests(space.id), `/spaces/${space.id}/requests`, {}, { enabled: space.visibility !== 'open' })
  if (list.error && !list.data) return <Section title={t('members:requests')}><ErrorState error={list.error} retry={list.refetch} /></Section>
  if (!list.items.length) return null
  return (
    <Section title={t('members:requests')}>
      {list.items.map((person) => (
        <PersonRow key={person.id} person={person} aside={
          <Group gap="xs" wrap="nowrap">
            <Button size="compact-md" onClick={() => answer.mutate({ person: person.id, answer: 'approve' })}>{t('approve')}</Button>
            <Button size="compact-md" variant="default" onClick={() => answer.mutate({ person: person.id, answer: 'decline' })}>{t('decline')}</Button>
          </Group>
        } />
      ))}
      <MoreButton list={list} />
    </Section>
  )
}

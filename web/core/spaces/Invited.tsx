import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../kernel/query.ts'
import type { PersonCard, Space } from '../../kernel/types.ts'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { PersonRow } from '../people/PersonRow.tsx'
import { useWithdraw } from './commands.ts'
import { spaceKeys } from './queries.ts'

/** Who is invited and has not answered; each invitation can be taken back. */
export function Invited({ space }: { space: Space }) {
  const { t } = useTranslation('spaces')
  const withdraw = useWithdraw(space.id)
  const list = usePages<PersonCard>(spaceKeys.invited(space.id), `/spaces/${space.id}/invitations`)
  if (!list.items.length) return null
  return (
    <Section title={t('members:invited_list')}>
      {list.items.map((person) => (
        <PersonRow key={person.id} person={person} aside={
          <Button size="compact-md" variant="default" onClick={() => withdraw.mutate(person.id)} aria-label={t('members:withdraw_one', { name: person.name })}>{t('members:withdraw')}</Button>
        } />
      ))}
      <MoreButton list={list} />
    </Section>
  )
}

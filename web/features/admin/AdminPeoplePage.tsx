import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { IconRobot, IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PersonRow } from '../../core/people/PersonRow.tsx'
import { peopleKeys } from '../../core/people/queries.ts'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import type { Person } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { AddBotDialog } from './AddBotDialog.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'
import { PersonAdminMenu } from './PersonAdminMenu.tsx'

const STATES = ['active', 'imported', 'deactivated']

/** Everybody, with role and state, and what an administrator may change. */
export function AdminPeoplePage() {
  const { t } = useTranslation('admin')
  const [typed, setTyped] = useState('')
  const [state, setState] = useState<string | null>(null)
  const [isAdding, setAdding] = useState(false)
  const [q] = useDebouncedValue(typed.trim(), 200)
  const list = usePages<Person>([...peopleKeys.all, 'admin', q, state], '/people', { q, state })
  return (
    <AdminPage>
      <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} mb="xs"
        aria-label={t('people:find')} placeholder={t('people:find')} leftSection={<IconSearch size={16} />} />
      <Group gap="xs" mb="sm">
        <Select value={state} onChange={setState} placeholder={t('people.any_state')} aria-label={t('people.state')} clearable flex="1 0 220px"
          clearButtonProps={{ 'aria-label': t('people.any_state') }} data={STATES.map((value) => ({ value, label: t(`people:state.${value}`) }))} />
        <Button px="sm" component={Link} to={paths.admin('invitations')} leftSection={<IconUserPlus size={16} />}>{t('people:invite')}</Button>
        <Button px="sm" variant="default" leftSection={<IconRobot size={16} />} onClick={() => setAdding(true)}>{t('bot.add')}</Button>
      </Group>
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.isSuccess && list.items.length === 0 && <EmptyState title={t('people:none_found')}>{t('people:none_found_hint')}</EmptyState>}
      {list.items.map((person) => (
        <PersonRow key={person.id} person={person} aside={<PersonAdminMenu person={person} />} />
      ))}
      <MoreButton list={list} />
      {isAdding && <AddBotDialog close={() => setAdding(false)} />}
    </AdminPage>
  )
}

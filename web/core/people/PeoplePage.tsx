import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Person } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { isAdmin } from './policy.ts'
import { PeopleTabs } from './PeopleTabs.tsx'
import { PersonRow } from './PersonRow.tsx'
import { peopleKeys } from './queries.ts'

/** Everybody of the network, by name. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const list = usePages<Person>(peopleKeys.directory(q), '/people', { q })
  const invite = isAdmin(me) && (
    <Button component={Link} to={paths.admin('invitations')} size="compact-md" leftSection={<IconUserPlus size={16} />}>{t('invite')}</Button>
  )
  return (
    <Page title={t('title')} actions={invite} below={<PeopleTabs />}>
      <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} mb="sm"
        aria-label={t('find')} placeholder={t('find')} leftSection={<IconSearch size={16} />} />
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.isSuccess && list.items.length === 0 && <EmptyState Icon={IconUsers} title={t('none_found')}>{t('none_found_hint')}</EmptyState>}
      {list.items.map((person) => <PersonRow key={person.id} person={person} />)}
      <MoreButton list={list} />
    </Page>
  )
}

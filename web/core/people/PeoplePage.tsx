import { Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import { useSearchParam, useSetSearch } from '../../kernel/route.ts'
import { useMe } from '../../kernel/session.tsx'
import { isKnownZone } from '../../kernel/time-zones.ts'
import type { Person } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { LocalTime } from './LocalTime.tsx'
import { isAdmin } from './policy.ts'
import { PeopleTabs } from './PeopleTabs.tsx'
import { PersonRow } from './PersonRow.tsx'
import { peopleKeys, useDepartments } from './queries.ts'

/** Everybody of the network, by name. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  const department = useSearchParam('department') ?? null
  const setSearch = useSetSearch()
  const { data: departments } = useDepartments()
  const list = usePages<Person>(peopleKeys.directory(q, department ?? ''), '/people', { q, department })
  const invite = (isAdmin(me) || (me.role === 'member' && me.network.members_invite)) && (
    <Button component={Link} to={isAdmin(me) ? paths.admin('invitations') : paths.invitePeople} size="compact-md" leftSection={<IconUserPlus size={16} />}>{t('invite')}</Button>
  )
  return (
    <Page title={t('title')} actions={invite} below={<PeopleTabs />}>
      <Group gap="sm" mb="sm" align="flex-start">
        <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} style={{ flex: '2 1 220px' }}
          aria-label={t('find')} placeholder={t('find')} leftSection={<IconSearch size={16} />} />
        {(departments?.items.length ?? 0) > 1 && (
          <Select aria-label={t('department')} placeholder={t('department')} style={{ flex: '1 1 180px' }} searchable clearable value={department}
            data={departments!.items.map(({ name }) => name)} onChange={(value) => void setSearch({ department: value ?? undefined }, true)} />
        )}
      </Group>
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.isSuccess && list.items.length === 0 && <EmptyState Icon={IconUsers} title={t('none_found')}>{t('none_found_hint')}</EmptyState>}
      {list.items.map((person) => <PersonRow key={person.id} person={person} aside={isKnownZone(person.time_zone) && person.time_zone !== me.time_zone && <LocalTime zone={person.time_zone} short />} />)}
      <MoreButton list={list} />
    </Page>
  )
}

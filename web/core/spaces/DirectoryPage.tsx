import { Button, Group, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconLayoutGrid, IconPlus, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { usePages } from '../../kernel/query.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Space } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Page } from '../../kernel/ui/Page.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { newSpace } from './NewSpaceDoor.tsx'
import { spaceKeys } from './queries.ts'
import { SpaceRow } from './SpaceRow.tsx'

const WHICH = ['all', 'mine', 'archived'] as const
type Which = (typeof WHICH)[number]

/** All spaces that one may know of, to be found and joined. */
export function DirectoryPage() {
  const { t } = useTranslation('spaces')
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  // Of spaces that others open one is not told.
  const [which, setWhich] = useState<Which>('all')
  const [sort, setSort] = useState<'activity' | 'name'>('activity')
  const filter = { sort, ...(which === 'mine' && { mine: true }), ...(which === 'archived' && { state: 'archived' }) }
  const list = usePages<Space>(spaceKeys.directory(q, which, sort), '/spaces', { q, ...filter }, { staleTime: 0 })
  const create = me.role !== 'guest' && (
    <Button size="compact-md" leftSection={<IconPlus size={16} />} onClick={() => newSpace.set(true)}>{t('new')}</Button>
  )
  return (
    <Page title={t('title')} actions={create}>
      <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} mb="sm"
        aria-label={t('directory:find')} placeholder={t('directory:find')} leftSection={<IconSearch size={16} />} />
      <Group justify="space-between" gap="sm" mb="xs">
        <SegmentedControl size="sm" value={which} onChange={(value) => setWhich(value as Which)} aria-label={t('directory:filter.label')}
          data={WHICH.map((value) => ({ value, label: t(`directory:filter.${value}`) }))} />
        <Select size="sm" w={190} value={sort} onChange={(value) => setSort(value as typeof sort)} aria-label={t('directory:sort.label')} allowDeselect={false}
          data={(['activity', 'name'] as const).map((value) => ({ value, label: t(`directory:sort.${value}`) }))} />
      </Group>
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.isSuccess && list.items.length === 0 && <NoSpaces searched={q || (which === 'all' ? '' : which)} />}
      {list.items.map((space) => <SpaceRow key={space.id} space={space} />)}
      <MoreButton list={list} />
    </Page>
  )
}

function NoSpaces({ searched }: { searched: string }) {
  const { t } = useTranslation('spaces')
  const { role } = useMe()
  if (role === 'guest') return <EmptyState Icon={IconLayoutGrid} title={t('directory:none_found')}>{t('directory:none_guest')}</EmptyState>
  return (
    <EmptyState Icon={IconLayoutGrid} title={searched ? t('directory:none_found') : t('directory:none')}
      action={<Button onClick={() => newSpace.set(true)}>{t('new')}</Button>}>
      {searched ? t('directory:none_found_hint') : t('directory:none_hint')}
    </EmptyState>
  )
}

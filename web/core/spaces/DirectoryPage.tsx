import { Button, TextInput } from '@mantine/core'
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

/** All spaces that one may know of, to be found and joined. */
export function DirectoryPage() {
  const { t } = useTranslation('spaces')
  const me = useMe()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 200)
  // Of spaces that others open one is not told.
  const list = usePages<Space>(spaceKeys.directory(q), '/spaces', { q }, { staleTime: 0 })
  const create = me.role !== 'guest' && (
    <Button size="compact-md" leftSection={<IconPlus size={16} />} onClick={() => newSpace.set(true)}>{t('new')}</Button>
  )
  return (
    <Page title={t('title')} actions={create}>
      <TextInput type="search" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} mb="sm"
        aria-label={t('find')} placeholder={t('find')} leftSection={<IconSearch size={16} />} />
      {list.isPending && <RowSkeletons />}
      {list.error && <ErrorState error={list.error} retry={list.refetch} />}
      {list.isSuccess && list.items.length === 0 && <NoSpaces searched={q} />}
      {list.items.map((space) => <SpaceRow key={space.id} space={space} />)}
      <MoreButton list={list} />
    </Page>
  )
}

function NoSpaces({ searched }: { searched: string }) {
  const { t } = useTranslation('spaces')
  const { role } = useMe()
  if (role === 'guest') return <EmptyState Icon={IconLayoutGrid} title={t('none_found')}>{t('none_guest')}</EmptyState>
  return (
    <EmptyState Icon={IconLayoutGrid} title={searched ? t('none_found') : t('none')}
      action={<Button onClick={() => newSpace.set(true)}>{t('new')}</Button>}>
      {searched ? t('none_found_hint') : t('none_hint')}
    </EmptyState>
  )
}

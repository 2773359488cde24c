import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import type { Page } from '../../kernel/types.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { AdminPage } from './AdminPage.tsx'

type Failure = { id: string; name?: string; task?: string; effect?: string; error: string | null; attempts: number; at?: string; created_at?: string }
const KEY = ['failures']

/** Work in the background that failed for good: mails that could not be sent, and the like. */
export function FailuresPage() {
  const { t } = useTranslation('admin')
  const { data, error, refetch } = useQuery({
    queryKey: KEY, staleTime: 0, queryFn: ({ signal }) => api.get<Page<Failure>>('/effects/failures', {}, signal),
  })
  const again = useCommand<string>({
    run: (id) => api.post(`/effects/failures/${id}/retry`),
    done: () => void queryClient.invalidateQueries({ queryKey: KEY }),
    failed: t('failures.failed'),
  })
  return (
    <AdminPage>
      <Section title={t('failures.title')} lead={t('failures.lead')}>
        {error && <ErrorState error={error} retry={refetch} />}
        {!data && !error && <RowSkeletons count={2} />}
        {data?.items.length === 0 && <EmptyState Icon={IconChecks} title={t('failures.none')}>{t('failures.none_hint')}</EmptyState>}
        {data?.items.map((failure) => {
          const at = failure.at ?? failure.created_at
          return (
            <ListRow key={failure.id} title={failure.name ?? failure.task ?? failure.effect}
              text={<>{failure.error} · {t('failures.attempts', { count: failure.attempts })}{at && <> · <TimeAgo at={at} /></>}</>}
              aside={<Button size="compact-md" variant="default" onClick={() => again.mutate(failure.id)}>{t('kernel:retry')}</Button>} />
          )
        })}
      </Section>
    </AdminPage>
  )
}

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
import { AdminPage } from '../../core/people/AdminPage.tsx'

type Failure = { id: string; job: string; key: string | null; attempts: number; error: string | null; at: string }
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
        {data?.items.map(({ id, job, error: why, attempts, at }) => (
          <ListRow key={id} title={job} text={<>{why} · {t('failures.attempts', { count: attempts })} · <TimeAgo at={at} /></>}
            aside={<Button size="compact-md" variant="default" onClick={() => again.mutate(id)}>{t('kernel:retry')}</Button>} />
        ))}
      </Section>
    </AdminPage>
  )
}

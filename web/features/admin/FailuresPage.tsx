import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand, usePages } from '../../kernel/query.ts'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { AdminPage } from '../../core/people/AdminPage.tsx'

type Failure = { id: string; job: string; key: string | null; attempts: number; error: string | null; at: string }
const KEY = ['failures']

/** Work in the background that failed for good: mails that could not be sent, and the like. */
export function FailuresPage() {
  const { t } = useTranslation('admin')
  const list = usePages<Failure>(KEY, '/effects/failures', {}, { staleTime: 0 })
  const again = useCommand<string>({
    run: (id) => api.post(`/effects/failures/${id}/retry`),
    done: () => void queryClient.invalidateQueries({ queryKey: KEY }),
    failed: t('failures.failed'),
  })
  return (
    <AdminPage>
      <Section title={t('failures.title')} lead={t('failures.lead')}>
        {list.error && <ErrorState error={list.error} retry={list.refetch} />}
        {!list.data && !list.error && <RowSkeletons count={2} />}
        {list.data && list.items.length === 0 && <EmptyState Icon={IconChecks} title={t('failures.none')}>{t('failures.none_hint')}</EmptyState>}
        {list.items.map(({ id, job, error: why, attempts, at }) => (
          <ListRow key={id} title={job} text={<>{why} · {t('failures.attempts', { count: attempts })} · <TimeAgo at={at} /></>}
            aside={<Button size="compact-md" variant="default" onClick={() => again.mutate(id)}>{t('kernel:retry')}</Button>} />
        ))}
        <MoreButton list={list} />
      </Section>
    </AdminPage>
  )
}

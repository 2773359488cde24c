import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconDeviceLaptop, IconDeviceMobile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, useCommand } from '../../kernel/query.ts'
import type { Page } from '../../kernel/types.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { ListRow } from '../../kernel/ui/ListRow.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { RowSkeletons } from '../../kernel/ui/Skeletons.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'

type Session = { id: string; user_agent: string; created_at: string; last_used_at: string; current: boolean }

const BROWSERS: [RegExp, string][] = [[/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrome\//, 'Chrome'], [/Safari\//, 'Safari']]
const SYSTEMS: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux']]

/** "Firefox, Linux": enough to know one's own device again. */
function deviceName(agent: string) {
  const first = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  return [first(BROWSERS), first(SYSTEMS)].filter(Boolean).join(', ') || agent.slice(0, 60) || '?'
}

export function SessionsSection() {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = useQuery({ queryKey: ['sessions'], staleTime: 0, queryFn: ({ signal }) => api.get<Page<Session>>('/sessions', {}, signal) })
  const end = useCommand<string>({
    run: (id) => api.delete(`/sessions/${id}`),
    done: () => void queryClient.invalidateQueries({ queryKey: ['sessions'] }),
    failed: t('sessions.failed'),
  })
  return (
    <Section title={t('sessions.title')} lead={t('sessions.lead')}>
      {!data && (error ? <ErrorState error={error} retry={refetch} /> : <RowSkeletons count={2} />)}
      {data?.items.map((session) => (
        <ListRow key={session.id} Icon={/Mobile|Android|iPhone/.test(session.user_agent) ? IconDeviceMobile : IconDeviceLaptop}
          title={deviceName(session.user_agent)} text={<>{t('sessions.active')} <TimeAgo at={session.last_used_at} /></>}
          aside={session.current
            ? <Chip>{t('sessions.this')}</Chip>
            : <Button size="compact-md" variant="default" onClick={() => end.mutate(session.id)}>{t('sessions.end')}</Button>} />
      ))}
    </Section>
  )
}

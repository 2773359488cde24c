import { useTranslation } from 'react-i18next'
import { useNavigate } from '@tanstack/react-router'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import type { WaitingItem } from '../../core/waiting/waiting.ts'
import waiting from '../../core/waiting/Waiting.module.css'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient } from '../../kernel/query.ts'
import { COMMUNITIES } from './keys.ts'

/** A home that somebody proposed for a community of mine. */
export function HomeWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('communities')
  const navigate = useNavigate()
  const name = item.people[0]?.name ?? ''
  return (
    <WaitingLine item={item} title={t('waiting.title', { name, home: String(item.facts.name) })} to={paths.communities} failed={t('failed.agree')} answers={[
      { label: t('yes'), isMain: true, run: () => api.post(`/communities/${item.id}/home/agree`), done: () => void queryClient.invalidateQueries({ queryKey: COMMUNITIES }) },
      { label: t('waiting.look'), run: async () => void navigate({ to: paths.communities }) },
    ]}>
      <p className={waiting.more} dir="auto">{String(item.facts.purpose)}</p>
    </WaitingLine>
  )
}

import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import type { WaitingItem } from '../../core/waiting/waiting.ts'
import waiting from '../../core/waiting/Waiting.module.css'
import { api } from '../../kernel/api.ts'
import { notify } from '../../kernel/notify.ts'
import { paths } from '../../kernel/paths.ts'
import { queryClient } from '../../kernel/query.ts'
import { INTRODUCTIONS } from './keys.ts'

type Made = { state: string; space: string | null }

/** An introduction that waits for my yes or no. */
export function IntroductionWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('suggestions')
  const navigate = useNavigate()
  const isThrough = item.facts.role === 'through'
  const [from, through, to] = item.people.map(({ name }) => name)
  const refresh = () => void queryClient.invalidateQueries({ queryKey: INTRODUCTIONS })
  const accept = async () => {
    const { state, space } = await api.post<Made>(`/introductions/${item.id}/accept`)
    if (space) void navigate({ to: paths.conversation(space) })
    else if (state === 'passed_on') notify(t('passed_on'))
  }
  return (
    <WaitingLine item={item} title={t(isThrough ? 'asks_you' : 'would_meet', { from, through, to })} failed={t('failed.answer')} answers={[
      { label: t(isThrough ? 'pass_on' : 'meet'), isMain: true, run: accept, done: refresh },
      { label: t('rather_not'), run: () => api.post(`/introductions/${item.id}/decline`), done: refresh },
    ]}>
      {item.facts.note ? <p className={waiting.more} dir="auto">“{String(item.facts.note)}”</p> : null}
      <p className={waiting.more}>{t(isThrough ? 'asks_you_hint' : 'would_meet_hint', { from, through, to })}</p>
    </WaitingLine>
  )
}

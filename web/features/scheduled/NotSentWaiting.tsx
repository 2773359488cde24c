import { useNavigate } from '@tanstack/react-router'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { excerpt } from '../../../server/kernel/text.ts'
import { WaitingLine } from '../../core/waiting/WaitingLine.tsx'
import type { WaitingItem } from '../../core/waiting/waiting.ts'
import waiting from '../../core/waiting/Waiting.module.css'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import type { Page } from '../../kernel/types.ts'
import { type Scheduled, takeBack, whyNot } from './commands.ts'

/** Something of mine that was not sent when its moment came, and why. */
export function NotSentWaiting({ item }: { item: WaitingItem }) {
  const { t } = useTranslation('scheduled')
  const navigate = useNavigate()
  const { code, detail, title, body } = item.facts as { code: string; detail: string; title: string; body: string }
  const edit = async () => {
    const { items } = await api.get<Page<Scheduled>>('/scheduled', { limit: 100 })
    const one = items.find(({ id }) => id === item.id)
    const path = one && (await takeBack(one))
    if (path) void navigate({ to: path })
  }
  return (
    <WaitingLine item={item} Icon={IconAlertTriangle} title={t('not_sent', { what: title || excerpt(body, 80) })} to={paths.scheduled} failed={t('failed')} answers={[
      { label: t('edit'), isMain: true, run: edit },
      { label: t('try_again'), run: () => api.post(`/scheduled/${item.id}/send`) },
    ]}>
      <p className={waiting.more}>{whyNot({ code, detail })}</p>
    </WaitingLine>
  )
}

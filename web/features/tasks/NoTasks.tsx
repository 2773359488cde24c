import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../kernel/ui/EmptyState.tsx'
import type { Shown } from './apply.ts'

/** Nothing is to be done, or nothing of what is asked for. */
export function NoTasks({ shown }: { shown: Shown }) {
  const { t } = useTranslation('task-cards')
  const isAll = !shown.q && !shown.assignee && !shown.priority
  return <EmptyState Icon={IconCheck} title={t(isAll ? 'none' : 'none_found')}>{t(isAll ? 'none_hint' : 'none_found_hint')}</EmptyState>
}

import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import { useCommand } from '../../kernel/query.ts'
import type { Space } from '../../kernel/types.ts'

/** Opens the conversation with these people; the same people are always the same conversation. */
export function useTalk() {
  const { t } = useTranslation('people')
  const navigate = useNavigate()
  return useCommand<string[], Space>({
    run: (people) => api.post<Space>('/conversations', { people }),
    done: (space) => void navigate({ to: paths.conversation(space.id) }),
    failed: t('failed.talk'),
  })
}

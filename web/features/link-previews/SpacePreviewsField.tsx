import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { queryClient, snapshot, useCommand } from '../../kernel/query.ts'
import type { Space } from '../../kernel/types.ts'

type Answer = { on: boolean; allowed: boolean }

/** Hosts say whether links that people write in their space are looked up. */
export function SpacePreviewsField({ space }: { space: Space }) {
  const { t } = useTranslation('link-previews')
  const key = ['space-previews', space.id]
  const { data } = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<Answer>(`/spaces/${space.id}/link-previews`, undefined, signal) })
  const change = useCommand<boolean, Answer>({
    run: (on) => api.put<Answer>(`/spaces/${space.id}/link-previews`, { on }),
    apply: (on) => {
      const undo = snapshot(key)
      queryClient.setQueryData<Answer>(key, (before) => before && { ...before, on })
      return undo
    },
    failed: t('failed'),
  })
  if (!data) return null
  return (
    <Switch label={t('space')} description={t(data.allowed ? 'space_hint' : 'space_off')} checked={data.on && data.allowed} disabled={!data.allowed}
      onChange={(event) => change.mutate(event.currentTarget.checked)} />
  )
}

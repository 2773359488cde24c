import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../kernel/api.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Audience, Visibility } from '../../kernel/types.ts'
import { AUDIENCE_COLOUR } from '../../kernel/ui/audience.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import classes from './CharterForm.module.css'
import { useMySpaces } from './queries.ts'

/** Who will read a space that is opened like this, with so many members. */
export function useFutureAudience(visibility: Visibility, members: number): Audience {
  const { network } = useMe()
  const { data } = useQuery({
    queryKey: ['network', 'count'],
    queryFn: ({ signal }) => api.get<{ people_count: number }>('/network', {}, signal),
  })
  const { data: mine } = useMySpaces()
  // An open space has told how many its audience is; guests, who are people too, do not belong to it.
  const open = mine?.find(({ audience }) => audience.scope === 'organisation')?.audience
  return visibility === 'open'
    ? { scope: 'organisation', count: open?.count ?? data?.people_count ?? members, not_joined: open?.not_joined ?? 0, names: [], network: network.name }
    : { scope: members === 1 ? 'me' : 'space', count: members, not_joined: 0, names: [], network: network.name }
}

/** The sentence that will stand above the space if it is opened like this. */
export function AudiencePreview({ visibility, members = 1 }: { visibility: Visibility; members?: number }) {
  const { t } = useTranslation('spaces')
  const audience = useFutureAudience(visibility, members)
  return (
    <div className={classes.preview} style={{ '--audience': AUDIENCE_COLOUR[audience.scope] } as CSSProperties} aria-live="polite">
      <AudienceLabel audience={audience} says="readers" />
      <div>{t(`charter:${visibility}_preview`)}</div>
    </div>
  )
}

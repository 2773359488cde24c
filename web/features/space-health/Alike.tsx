import { Link } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Alike as AlikeSpace } from '../../../server/features/space-health/schema.ts'
import { spaceKeys } from '../../core/spaces/queries.ts'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import type { Page } from '../../kernel/types.ts'
import { AudienceLabel } from '../../kernel/ui/AudienceLabel.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import classes from './HealthPage.module.css'

/** Other spaces of the same people. Nothing where there are none. */
export function Alike({ id }: { id: string }) {
  const { t } = useTranslation('space-health')
  const { data } = useQuery({ queryKey: [...spaceKeys.one(id), 'alike'], queryFn: ({ signal }) => api.get<Page<AlikeSpace>>(`/spaces/${id}/alike`, {}, signal) })
  if (!data?.items.length) return null
  return (
    <Section title={t('alike')} lead={t('alike_hint')}>
      <ul className={classes.alike}>
        {data.items.map(({ space, purpose, shared, members }) => (
          <li key={space.id}>
            <Link to={paths.space(space.id)} className="link">{space.name}</Link> <span className="quiet">{t('alike_shared', { shared, count: members })}</span>
            <p>{purpose}</p>
            <AudienceLabel audience={space.audience} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

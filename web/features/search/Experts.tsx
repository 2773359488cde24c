import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Expert } from '../../../server/features/search/schema.ts'
import { api } from '../../kernel/api.ts'
import { paths } from '../../kernel/paths.ts'
import type { Page } from '../../kernel/types.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import classes from './Search.module.css'

/** Whom one could ask about it: who answered others, with what they said. Nothing where nobody did. */
export function Experts({ q }: { q: string }) {
  const { t } = useTranslation('search')
  const { data } = useQuery({ queryKey: ['experts', q], queryFn: ({ signal }) => api.get<Page<Expert>>('/search/experts', { q }, signal), staleTime: 0 })
  if (!data?.items.length) return null
  return (
    <section className={classes.experts} aria-labelledby="experts">
      <h2 id="experts">{t('experts')}</h2>
      <ul>
        {data.items.map(({ person, count, answers: [answer] }) => (
          <li key={person.id}>
            <Avatar person={person} size={36} />
            <div>
              <p><Link to={paths.person(person.id)} className={classes.expert}>{person.name}</Link> <span className="quiet">{t('answered', { count })}</span></p>
              {answer && <Link to={paths.entry(answer.id)} className={classes.answer}>“{answer.text}” <span className="quiet"><TimeAgo at={answer.created_at} /></span></Link>}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

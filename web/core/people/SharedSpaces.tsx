import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { Person } from '../../kernel/types.ts'
import { SpaceSign } from '../../kernel/ui/AudienceLabel.tsx'
import { useSharedSpaces } from '../spaces/queries.ts'
import classes from './ProfilePage.module.css'

/** Where the reader meets this person: the spaces that both are in. */
export function SharedSpaces({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const { data } = useSharedSpaces(person.id)
  if (!data?.items.length) return null
  return (
    <section className={classes.shared} aria-labelledby="shared">
      <h2 id="shared">{t('profile:shared_spaces')}</h2>
      <ul>
        {data.items.map((space) => <li key={space.id}><Link to={paths.space(space.id)}><SpaceSign space={space} />{space.name}</Link></li>)}
      </ul>
    </section>
  )
}

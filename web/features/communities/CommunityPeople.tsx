import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { useMe } from '../../kernel/session.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './Communities.module.css'
import type { Community } from './queries.ts'

const FEW = 8

/** The others, those it is most about first. */
export function CommunityPeople({ community: { people, size } }: { community: Community }) {
  const { t } = useTranslation('communities')
  const me = useMe()
  const [isAll, setAll] = useState(false)
  const list = useRef<HTMLUListElement>(null)
  // The button that had the focus is gone.
  useEffect(() => {
    if (isAll) list.current?.querySelectorAll('a')[FEW]?.focus({ preventScroll: true })
  }, [isAll])
  const others = people.filter(({ id }) => id !== me.id)
  // One more that is named takes no more room than the words that leave them out.
  const shown = isAll || others.length <= FEW + 1 ? others : others.slice(0, FEW)
  const more = size - 1 - shown.length
  return (
    <ul ref={list} className={classes.people} aria-label={t('people')}>
      {shown.map((person) => (
        <li key={person.id}>
          <Link to={paths.person(person.id)} className={classes.person}><Avatar person={person} size={24} />{person.name}</Link>
        </li>
      ))}
      {more > 0 && (
        <li>{isAll
          ? <span className={classes.more}>{t('more', { count: more })}</span>
          : <button type="button" className="text-button" onClick={() => setAll(true)}>{t('more', { count: more })}</button>}
        </li>
      )}
    </ul>
  )
}

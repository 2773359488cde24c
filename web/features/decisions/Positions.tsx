import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import { type DecisionFacts, type PositionView, usePositions } from './queries.ts'
import classes from './Decisions.module.css'

/** Who says what, and why; fetched when somebody wants to know. */
export function Positions({ id, facts }: { id: string; facts: DecisionFacts }) {
  const { t } = useTranslation('deciding')
  const [isOpen, setIsOpen] = useState(false)
  const { items, hasNextPage, fetchNextPage } = usePositions(id, isOpen)
  return (
    <details className={classes.positions} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('positions', { count: facts.taken })}</summary>
      <ul>{items.map((one) => <Line key={one.person.id} position={one} facts={facts} />)}</ul>
      {hasNextPage && <button type="button" className="text-button" onClick={() => void fetchNextPage()}>{t('more')}</button>}
    </details>
  )
}

function Line({ position: { person, choice, reason, changes, at }, facts: { options, method } }: { position: PositionView; facts: DecisionFacts }) {
  const { t } = useTranslation('deciding')
  const textOf = (id: string) => options.find((option) => option.id === id)?.text ?? ''
  const says = method === 'ranked' ? choice.ranking!.map(textOf).join(' › ') : choice.option ? textOf(choice.option) : t('abstains')
  return (
    <li>
      <Avatar person={person} size={24} />
      <div>
        <p><Link to={paths.person(person.id)} dir="auto">{person.name}</Link> <span dir="auto">{says}</span></p>
        {choice.objects?.length ? <p className={classes.objections}>{t('objects_to', { options: choice.objects.map(textOf).join(', ') })}</p> : null}
        {reason && <p className={classes.reason} dir="auto">{reason}</p>}
        <p className="quiet">{changes > 0 && <>{t('changed', { count: changes })} · </>}<TimeAgo at={at} /></p>
      </div>
    </li>
  )
}

import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { type PollFacts, useVotes } from './queries.ts'
import classes from './Polls.module.css'

/** Who chose what; fetched when somebody wants to know. */
export function Voters({ id, facts: { options, method, turnout } }: { id: string; facts: PollFacts }) {
  const { t } = useTranslation('poll-cards')
  const [isOpen, setIsOpen] = useState(false)
  const { items, hasNextPage, fetchNextPage } = useVotes(id, isOpen)
  const textOf = (option: string) => options.find((one) => one.id === option)?.text ?? ''
  return (
    <details className={classes.voters} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{t('voters', { count: turnout })}</summary>
      <ul>
        {items.map(({ person, chosen }) => (
          <li key={person.id}>
            <Avatar person={person} size={24} />
            <p><Link to={paths.person(person.id)} dir="auto">{person.name}</Link> <span dir="auto">{chosen.map(textOf).join(method === 'ranked' ? ' › ' : ', ')}</span></p>
          </li>
        ))}
      </ul>
      {hasNextPage && <button type="button" className="text-button" onClick={() => void fetchNextPage()}>{t('more')}</button>}
    </details>
  )
}

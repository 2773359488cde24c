import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import type { PersonCard } from '../../kernel/types.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { Face } from './Face.tsx'
import classes from './PersonRow.module.css'

/** A person in a list, with what may be done at the right. */
export function PersonRow({ person, aside }: { person: PersonCard; aside?: ReactNode }) {
  return (
    <div className={classes.row}>
      <Face person={person} />
      <div className={classes.words}>
        <div className={classes.line}><Link to={paths.person(person.id)} className={classes.name}>{person.name}</Link><PersonChips person={person} /></div>
        <div className={classes.title}>{[person.title, `@${person.handle}`].filter(Boolean).join(' · ')}</div>
      </div>
      {aside && <div className={classes.aside}>{aside}</div>}
    </div>
  )
}

/** What one should know of a person at first sight: a bot, a guest, not here any more. */
export function PersonChips({ person }: { person: PersonCard }) {
  const { t } = useTranslation('people')
  return (
    <>
      {person.kind === 'bot' && <Chip tone="plain">{t('bot')}</Chip>}
      {person.role === 'guest' && <Chip tone="amber">{t('role.guest')}</Chip>}
      {person.state !== 'active' && <Chip tone="plain">{t(`state.${person.state}`)}</Chip>}
    </>
  )
}

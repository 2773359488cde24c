import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { useSupporters } from './queries.ts'
import classes from './Ideas.module.css'

/** Who supports an idea. */
export function SupportersDialog({ id, title, close }: { id: string; title: string; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const { items, hasNextPage, fetchNextPage } = useSupporters(id)
  return (
    <Dialog close={close} title={t('supporters')}>
      <p className={classes.asked} dir="auto">{title}</p>
      <ul className={classes.people}>
        {items.map((person) => <li key={person.id}><Avatar person={person} size={24} /><Link to={paths.person(person.id)} onClick={close} dir="auto">{person.name}</Link><span>{person.title}</span></li>)}
      </ul>
      {hasNextPage && <button type="button" className="text-button" onClick={() => void fetchNextPage()}>{t('kernel:more_items')}</button>}
      <p className={classes.hint}>{t('public')}</p>
    </Dialog>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { usePages } from '../../kernel/query.ts'
import { useThread } from '../../kernel/route.ts'
import type { Entry, Person } from '../../kernel/types.ts'
import { EntryItem } from '../entries/EntryItem.tsx'
import { entryKeys } from '../entries/keys.ts'
import { useSpaceCards } from '../entries/space-cards.ts'
import classes from './ProfilePage.module.css'

const SHOWN = 5

/** What somebody wrote lately where the reader may read it; nothing where there is nothing. */
export function Written({ person }: { person: Person }) {
  const { t } = useTranslation('people')
  const { open } = useThread()
  const { items } = usePages<Entry>(entryKeys.writtenBy(person.id), `/people/${person.id}/entries`, { limit: SHOWN + 1 })
  const shown = items.slice(0, SHOWN)
  const cards = useSpaceCards(shown.map((entry) => entry.space))
  if (!shown.length) return null
  return (
    <section aria-labelledby="written">
      <h2 id="written" className={classes.heading}>{t('profile:written')}</h2>
      {shown.map((entry) => <EntryItem key={entry.id} entry={entry} space={cards.get(entry.space)} open={(id) => open(entry.root ?? id)} />)}
      {items.length > SHOWN && <p><Link className="link" to={paths.search} search={{ q: `from:${person.handle}` } as never}>{t('profile:written_all', { name: person.name })}</Link></p>}
    </section>
  )
}

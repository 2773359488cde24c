import { IconX } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { PersonRow } from '../../core/people/PersonRow.tsx'
import { useTalk } from '../../core/people/talk.ts'
import { later } from '../../kernel/later.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { PlainButton } from '../../kernel/ui/PlainButton.tsx'
import { useDecline } from './commands.ts'
import type { PersonSuggestion, Suggestions } from './queries.ts'
import { Names } from './Names.tsx'
import classes from './Suggestions.module.css'

// Home of somebody new shows people, and has no need of a dialog until they ask.
const AskDialog = later(() => import('./AskDialog.tsx').then((file) => file.AskDialog))

/** Somebody to meet: why, and the ways to do it. */
export function SuggestedPerson({ suggestion, near }: { suggestion: PersonSuggestion; near: Suggestions['near'] }) {
  const { t } = useTranslation('suggestions')
  const [asks, setAsks] = useState(false)
  const talk = useTalk()
  const { person, reasons, introduction } = suggestion
  const decline = useDecline('person', person.id, person.name)
  const through = reasons.find((reason) => reason.kind === 'through')
  return (
    <li className={classes.person}>
      <PersonRow person={person} aside={<IconButton label={t('not_for_me', { name: person.name })} onClick={() => decline.mutate()}><IconX size={18} stroke={1.75} /></IconButton>} />
      <div className={classes.reasons}>{reasons.map((reason) => <p key={reason.kind}><Why reason={reason} near={near} /></p>)}</div>
      <div className={classes.actions}>
        <PlainButton onClick={() => talk.mutate([person.id])}>{t('write')}</PlainButton>
        {introduction ? <span className={classes.waits}>{t('waits')}</span>
          : through && person.state === 'active' && <PlainButton onClick={() => setAsks(true)}>{t('introduce')}</PlainButton>}
      </div>
      {asks && through && <Suspense><AskDialog suggestion={suggestion} through={through.people} close={() => setAsks(false)} /></Suspense>}
    </li>
  )
}

function Why({ reason, near }: { reason: PersonSuggestion['reasons'][number]; near: Suggestions['near'] }) {
  const { t } = useTranslation('suggestions')
  if (reason.kind === 'through')
    return <Trans t={t} i18nKey={near === 'named' ? 'through_named' : 'through'} components={{ names: <Names people={reason.people} count={reason.count} /> }} />
  if (reason.kind === 'department') return t('same_department', { department: reason.department })
  return reason.words.length ? t('community_about', { words: new Intl.ListFormat(t('kernel:locale'), { type: 'unit' }).format(reason.words) }) : t('community')
}

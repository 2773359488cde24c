import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { PersonRow } from '../../core/people/PersonRow.tsx'
import { useTalk } from '../../core/people/talk.ts'
import { IconButton } from '../../kernel/ui/IconButton.tsx'
import { AskDialog } from './AskDialog.tsx'
import { useDecline } from './commands.ts'
import type { PersonSuggestion } from './queries.ts'
import { Names } from './Names.tsx'
import classes from './Suggestions.module.css'

/** Somebody to meet: why, and the ways to do it. */
export function SuggestedPerson({ suggestion }: { suggestion: PersonSuggestion }) {
  const { t } = useTranslation('suggestions')
  const [asks, setAsks] = useState(false)
  const talk = useTalk()
  const { person, reasons, introduction } = suggestion
  const decline = useDecline('person', person.id, person.name)
  const through = reasons.find((reason) => reason.kind === 'through')
  return (
    <li className={classes.person}>
      <PersonRow person={person} aside={<IconButton label={t('not_for_me', { name: person.name })} onClick={() => decline.mutate()}><IconX size={18} stroke={1.75} /></IconButton>} />
      <div className={classes.reasons}>{reasons.map((reason) => <p key={reason.kind}><Why reason={reason} /></p>)}</div>
      <div className={classes.actions}>
        <Button variant="default" size="compact-md" onClick={() => talk.mutate([person.id])}>{t('write')}</Button>
        {introduction ? <span className={classes.waits}>{t('waits')}</span>
          : through && person.state === 'active' && <Button variant="default" size="compact-md" onClick={() => setAsks(true)}>{t('introduce')}</Button>}
      </div>
      {asks && through && <AskDialog suggestion={suggestion} through={through.people} close={() => setAsks(false)} />}
    </li>
  )
}

function Why({ reason }: { reason: PersonSuggestion['reasons'][number] }) {
  const { t } = useTranslation('suggestions')
  if (reason.kind === 'through')
    return <Trans t={t} i18nKey="through" components={{ names: <Names people={reason.people} count={reason.count} /> }} />
  return reason.words.length ? t('community_about', { words: new Intl.ListFormat(t('kernel:locale'), { type: 'unit' }).format(reason.words) }) : t('community')
}

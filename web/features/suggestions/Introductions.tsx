import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { Section } from '../../kernel/ui/Section.tsx'
import { useAnswer } from './commands.ts'
import { type Introduction, useIntroductions } from './queries.ts'
import classes from './Suggestions.module.css'

/** Introductions that wait for my yes or no; nothing when there are none. */
export function Introductions() {
  const { t } = useTranslation('suggestions')
  const list = useIntroductions()
  if (!list.items.length) return null
  return (
    <Section title={t('introductions')}>
      <ul className={classes.list}>{list.items.map((one) => <Waiting key={one.id} introduction={one} />)}</ul>
      <MoreButton list={list} />
    </Section>
  )
}

function Waiting({ introduction }: { introduction: Introduction }) {
  const { t } = useTranslation('suggestions')
  const answer = useAnswer(introduction)
  const { role, from, through, to, note } = introduction
  return (
    <li className={classes.item}>
      <p className={classes.asked}>{t(role === 'through' ? 'asks_you' : 'would_meet', { from: from.name, through: through.name, to: to.name })}</p>
      {note && <blockquote className={classes.note} dir="auto">{note}</blockquote>}
      <p className={classes.why}>{t(role === 'through' ? 'asks_you_hint' : 'would_meet_hint', { from: from.name, to: to.name, through: through.name })}</p>
      <Group gap="sm">
        <Button size="compact-md" onClick={() => answer.mutate(true)}>{t(role === 'through' ? 'pass_on' : 'meet')}</Button>
        <Button size="compact-md" variant="default" onClick={() => answer.mutate(false)}>{t('rather_not')}</Button>
      </Group>
    </li>
  )
}

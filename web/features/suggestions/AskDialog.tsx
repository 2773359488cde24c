import { Button, Group, Radio, Stack, Textarea } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { valuesOf } from '../../kernel/form.ts'
import { reasonOf } from '../../kernel/reason.ts'
import type { PersonCard } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { FormError } from '../../kernel/ui/FormError.tsx'
import { useAskForIntroduction } from './commands.ts'
import type { PersonSuggestion } from './queries.ts'
import classes from './Suggestions.module.css'

/** Through whom, and what about. */
export function AskDialog({ suggestion, through, close }: { suggestion: PersonSuggestion; through: PersonCard[]; close: () => void }) {
  const { t } = useTranslation('suggestions')
  const [chosen, setChosen] = useState(through[0].id)
  const ask = useAskForIntroduction(suggestion, close)
  const { name } = suggestion.person
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    ask.mutate({ through: chosen, note: valuesOf(event.currentTarget).note })
  }
  return (
    <Dialog close={close} title={t('introduce_to', { name })}>
      <form onSubmit={send}>
        <Stack gap="md">
          <p className={classes.rule}>{t('rule', { name })}</p>
          <Radio.Group label={t('who')} value={chosen} onChange={setChosen}>
            {through.map((person) => <Radio key={person.id} value={person.id} label={person.name} className={classes.choice} />)}
          </Radio.Group>
          <Textarea name="note" label={t('note')} description={t('note_hint')} maxLength={500} autosize minRows={2} maxRows={6} data-autofocus />
          {ask.error && <FormError>{reasonOf(t, ask.error)}</FormError>}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close}>{t('kernel:cancel')}</Button>
            <Button type="submit" loading={ask.isPending}>{t('ask')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

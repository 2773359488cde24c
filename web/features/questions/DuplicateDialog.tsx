import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { Chip } from '../../kernel/ui/Chip.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { isAnswered } from './apply.ts'
import { markDuplicate } from './commands.ts'
import { useSimilar } from './queries.ts'
import { useSettled } from './SimilarQuestions.tsx'
import classes from './Question.module.css'

/** Finds the question that this one repeats, among those one can read. */
export function DuplicateDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('questions')
  const [typed, setTyped] = useState(entry.title)
  const found = useSimilar(useSettled(typed.trim())).filter(({ id }) => id !== entry.id)
  const choose = (other: Entry) => {
    void markDuplicate(entry, other.id)
    close()
  }
  return (
    <Dialog close={close} title={t('asking:mark_title')}>
      <TextInput data-autofocus label={t('asking:mark_find')} value={typed} maxLength={200} onChange={(event) => setTyped(event.currentTarget.value)} />
      <ul className={classes.found}>
        {found.map((one) => (
          <li key={one.id}><button type="button" onClick={() => choose(one)}><span dir="auto">{one.title}</span>{isAnswered(one) && <Chip>{t('answered')}</Chip>}</button></li>
        ))}
        {found.length === 0 && <li className={classes.none}>{t('asking:mark_none')}</li>}
      </ul>
    </Dialog>
  )
}

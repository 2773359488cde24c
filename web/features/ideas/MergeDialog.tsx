import { TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isOpen } from '../../../server/features/ideas/policy.ts'
import type { Entry } from '../../kernel/types.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { merge } from './commands.ts'
import { useIdeas } from './queries.ts'
import { StageChip } from './Stand.tsx'
import classes from './Ideas.module.css'

/** Finds the idea of the same space into which this one goes. */
export function MergeDialog({ entry, close }: { entry: Entry; close: () => void }) {
  const { t } = useTranslation('idea-cards')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { items, isLoading } = useIdeas(entry.space, 'all', 'support', q)
  const found = items.filter((one) => one.id !== entry.id && isOpen(one))
  const choose = (other: Entry) => {
    void merge(entry, other.id)
    close()
  }
  return (
    <Dialog close={close} title={t('merge_title')}>
      <p className={classes.asked}>{t('merge_hint')}</p>
      <TextInput data-autofocus label={t('merge_find')} value={typed} maxLength={200} onChange={(event) => setTyped(event.currentTarget.value)} />
      <ul className={classes.found}>
        {found.map((one) => <li key={one.id}><button type="button" onClick={() => choose(one)}><span dir="auto">{one.title}</span><StageChip idea={one.idea!} /></button></li>)}
        {!isLoading && found.length === 0 && <li className={classes.hint}>{t('merge_none')}</li>}
      </ul>
    </Dialog>
  )
}

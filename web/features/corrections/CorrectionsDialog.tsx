import { useTranslation } from 'react-i18next'
import type { Correction } from '../../../server/features/corrections/schema.ts'
import { usePages } from '../../kernel/query.ts'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import { ErrorState } from '../../kernel/ui/ErrorState.tsx'
import { MoreButton } from '../../kernel/ui/MoreButton.tsx'
import { EntrySkeletons } from '../../kernel/ui/Skeletons.tsx'
import classes from './Corrections.module.css'
import { Step } from './Step.tsx'

/** All that was wrong in an entry and what is right, the newest first; where its words were changed, too, its history has them. */
export function CorrectionsDialog({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation('corrections')
  const list = usePages<Correction>(['corrections', id], `/entries/${id}/corrections`)
  return (
    <Dialog close={close} title={t('all')} size="lg">
      {list.error ? <ErrorState error={list.error} retry={list.refetch} /> : !list.data && <EntrySkeletons count={2} />}
      <ol className={classes.steps}>
        {list.items.map((step) => (
          <li key={step.n} className={classes.note} data-what={step.what}>
            <Step step={step} />
            {step.what === 'correction' && <p className={classes.hint}>{t(step.version === null ? 'words_stay' : 'words_changed')}</p>}
          </li>
        ))}
      </ol>
      <MoreButton list={list} />
    </Dialog>
  )
}

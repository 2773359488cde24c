import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { later } from '../../kernel/later.ts'
import { asking } from './asking.ts'

const MakeDialog = later(() => import('../../core/entries/MakeDialog.tsx').then((file) => file.MakeDialog))
const DuplicateDialog = later(() => import('./DuplicateDialog.tsx').then((file) => file.DuplicateDialog))

/** The dialogs about questions, fetched when the first one is asked for. */
export function QuestionDialogs() {
  const { t } = useTranslation('questions')
  const open = asking.use()
  if (!open) return null
  const close = () => asking.set(null)
  return <Suspense>{open.show === 'turn' ? <MakeDialog entry={open.entry} kind="question" title={t('turn_title')} close={close} /> : <DuplicateDialog entry={open.entry} close={close} />}</Suspense>
}

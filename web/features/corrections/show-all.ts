import { showDialog } from '../../kernel/show-dialog.ts'
import { withTexts } from '../../kernel/with-texts.ts'

/** What was corrected in an entry. */
export const showAll = (entry: { id: string }) => void showDialog(() => withTexts('history', () => import('./CorrectionsDialog.tsx')).then((file) => file.CorrectionsDialog), { id: entry.id })

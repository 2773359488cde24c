import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { WhenDialog } from '../../kernel/ui/WhenDialog.tsx'
import { remind } from './commands.ts'

/** When to be reminded of an entry, and that no longer. */
export function RemindDialog({ entry, remindAt, close }: { entry: Entry; remindAt: string | null; close: () => void }) {
  const { t } = useTranslation('saved')
  const clear = remindAt ? { label: t('remind_not'), run: () => void remind(entry, null, remindAt) } : undefined
  return <WhenDialog title={t('remind_title')} action={t('remind_me')} choose={(at) => void remind(entry, at, remindAt)} clear={clear} close={close} />
}

import { useTranslation } from 'react-i18next'
import { WhenDialog } from '../../kernel/ui/WhenDialog.tsx'

/** When something shall be sent. */
export function ScheduleDialog({ choose, close }: { choose: (at: Date) => void; close: () => void }) {
  const { t } = useTranslation('scheduled')
  return <WhenDialog title={t('when')} action={t('schedule')} choose={choose} close={close} />
}

import { IconCloudOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLiveState } from '../live.ts'
import classes from './OfflineSign.module.css'

/** Says that what stands here may be old. Quiet: nothing is lost, and it passes. */
export function OfflineSign() {
  const { t } = useTranslation('kernel')
  const state = useLiveState()
  return (
    <div role="status">
      {state === 'offline' && <div className={classes.sign}><IconCloudOff size={15} stroke={1.75} aria-hidden /> {t('offline')}</div>}
    </div>
  )
}

import { IconCircleCheck, IconVolumeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Entry } from '../../kernel/types.ts'
import { TimeAgo } from '../../kernel/ui/TimeAgo.tsx'
import classes from './Threads.module.css'

/** At the head of a thread: that it is done, by whose word and since when; and that its reader muted it. */
export function ResolvedMark({ entry }: { entry: Entry }) {
  const { t } = useTranslation('entries')
  const { resolved, stance } = entry
  return (
    <>
      {resolved && (
        <span className={classes.mark}>
          <IconCircleCheck size={16} stroke={1.75} aria-hidden />
          <span>{resolved.by ? t('resolved_by', { name: resolved.by.name }) : t('is_resolved')}<span aria-hidden> · </span><TimeAgo at={resolved.at} /></span>
        </span>
      )}
      {stance === 'muted' && <span className={classes.mark}><IconVolumeOff size={16} stroke={1.75} aria-hidden />{t('is_muted')}</span>}
    </>
  )
}

import { IconArrowBackUp, IconEye } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../kernel/session.tsx'
import { goBack } from './looking.ts'
import classes from './Looking.module.css'

/** Above everything else while one looks as somebody else: as whom, and the way back; also where whoever it was is not here any more. */
export function Looking() {
  const { t } = useTranslation('looking')
  const { data: me, isPending } = useSession()
  const isShown = !isPending && (!me || !!me.looker)
  useEffect(() => {
    if (!isShown) return
    document.documentElement.style.setProperty('--above', '40px')
    return () => void document.documentElement.style.removeProperty('--above')
  }, [isShown])
  if (!isShown) return null
  return (
    <div className={classes.bar} role="region" aria-label={t('bar')}>
      <IconEye size={17} stroke={1.75} aria-hidden />
      <span className={classes.words}>{me ? t('as', { name: me.name }) : t('over')}</span>
      <button type="button" onClick={() => void goBack()}><IconArrowBackUp size={17} stroke={1.75} aria-hidden />{t('back')}</button>
    </div>
  )
}

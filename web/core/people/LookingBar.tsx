import { IconArrowBackUp, IconEye } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { goBack } from './looking.ts'
import classes from './LookingBar.module.css'

/** Above everything else while one looks as somebody else: as whom, and the way back. */
export function LookingBar({ name, isOver }: { name: string | null; /** whoever it was is not here any more */ isOver: boolean }) {
  const { t } = useTranslation('looking')
  const isShown = name !== null || isOver
  useEffect(() => {
    if (!isShown) return
    document.documentElement.style.setProperty('--above', '40px')
    return () => void document.documentElement.style.removeProperty('--above')
  }, [isShown])
  if (!isShown) return null
  return (
    <div className={classes.bar} role="region" aria-label={t('bar')}>
      <IconEye size={17} stroke={1.75} aria-hidden />
      <span className={classes.words}>{name === null ? t('over') : t('as', { name })}</span>
      <button type="button" onClick={() => void goBack()}><IconArrowBackUp size={17} stroke={1.75} aria-hidden />{t('back')}</button>
    </div>
  )
}

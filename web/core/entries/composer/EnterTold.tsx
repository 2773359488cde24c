import { useTranslation } from 'react-i18next'
import { enterSends, noteTold, setEnter, type Talk } from '../writing-habits.ts'
import classes from './Composer.module.css'

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** What Enter does here, said once, where one first meets it; whoever wants it otherwise says so on the spot. */
export function EnterTold({ talk }: { talk: Talk }) {
  const { t } = useTranslation('entries')
  const sends = enterSends.use()[talk]
  const keep = (event: { preventDefault: () => void }) => event.preventDefault()
  return (
    <p className={classes.told}>
      {sends ? t('enter_sends') : t('enter_breaks', { keys: isApple ? '⌘↵' : 'Ctrl+Enter' })}{' '}
      <button type="button" className="text-button" onPointerDown={keep} onClick={() => setEnter({ [talk]: !sends })}>{t(sends ? 'enter_let_break' : 'enter_let_send')}</button>{' · '}
      <button type="button" className="text-button" onPointerDown={keep} onClick={() => noteTold(talk)}>{t('enter_right')}</button>
    </p>
  )
}

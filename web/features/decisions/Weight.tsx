import { IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { weigh } from './commands.ts'
import classes from './Decisions.module.css'

/** How many find an argument weighty, and whether I do. */
export function Weight({ argument, isWeighed, isOpen }: { argument: Entry; isWeighed: boolean; isOpen: boolean }) {
  const { t } = useTranslation('deciding')
  const me = useMe()
  const { weight } = argument.argument!
  const turn = () => void weigh(argument, !isWeighed).catch((error: unknown) => notifyFailure(i18n.t('deciding:failed'), error))
  if (argument.author === me.id || !isOpen) return weight > 0 ? <span className={classes.weight}><IconScale size={15} stroke={1.75} aria-hidden />{t('weighty', { count: weight })}</span> : null
  return (
    <button type="button" className={classes.weight} aria-pressed={isWeighed} onClick={turn}>
      <IconScale size={15} stroke={1.75} aria-hidden />{weight > 0 ? t('weighty', { count: weight }) : t('is_weighty')}
    </button>
  )
}

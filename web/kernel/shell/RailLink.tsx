import { Link } from '@tanstack/react-router'
import { IconVolumeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Rail.module.css'

type Props = {
  to: string
  /** Icon, dot or face. */
  lead: ReactNode
  children: ReactNode
  /** For me: shown in moss. */
  badge?: number
  /** Unread in a space I follow: a plain number. */
  count?: number
  strong?: boolean
  /** One wants to hear nothing of it. */
  muted?: string | false
  exact?: boolean
}

const shown = (count: number) => (count >= 100 ? '99+' : String(count))

export function RailLink({ to, lead, children, badge = 0, count = 0, strong, muted, exact = false }: Props) {
  const { t } = useTranslation('kernel')
  return (
    <Link to={to} className={classes.link} data-strong={strong || undefined} data-muted={!!muted || undefined} activeOptions={{ exact, includeSearch: false }}
      activeProps={{ 'data-on': true, 'aria-current': 'page' } as object}>
      <span className={classes.lead} aria-hidden>{lead}</span>
      <span className={classes.words}>{children}</span>
      {muted && <span className={classes.muted}><IconVolumeOff size={15} stroke={1.75} aria-hidden /><span className="visually-hidden">{muted}</span></span>}
      {badge > 0 && <span className={classes.badge}>{shown(badge)}<span className="visually-hidden"> {t('unread')}</span></span>}
      {badge === 0 && count > 0 && <span className={classes.count}>{shown(count)}<span className="visually-hidden"> {t('unread')}</span></span>}
    </Link>
  )
}

import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { NavItem } from '../feature.ts'
import classes from './TabBar.module.css'

/** The five ways to everything on a phone. */
export function TabBar({ tabs }: { tabs: NavItem[] }) {
  const { t } = useTranslation('kernel')
  return (
    <nav className={classes.bar} aria-label={t('navigation')}>
      {tabs.map((item) => <Tab key={item.path} {...item} />)}
    </nav>
  )
}

const nothing = () => 0

function Tab({ path, label, Icon, badge = nothing }: NavItem) {
  const { t } = useTranslation()
  const count = badge()
  return (
    <Link to={path} className={classes.tab} activeOptions={{ exact: path === '/', includeSearch: false }}
      activeProps={{ 'data-on': true, 'aria-current': 'page' } as object}>
      <Icon size={22} stroke={1.75} />
      {t(label)}
      {count > 0 && <em>{count > 99 ? '99+' : count}<span className="visually-hidden"> {t('kernel:unread')}</span></em>}
    </Link>
  )
}

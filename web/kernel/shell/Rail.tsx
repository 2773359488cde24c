import { Link } from '@tanstack/react-router'
import { Suspense, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { NavItem } from '../feature.ts'
import { paths } from '../paths.ts'
import { useMe } from '../session.tsx'
import { isWritten, NetworkMark } from '../ui/NetworkMark.tsx'
import { RailLink } from './RailLink.tsx'
import classes from './Rail.module.css'

type Props = { navigation: NavItem[]; sections: ComponentType[]; person: ComponentType }

export function Rail({ navigation, sections, person: Person }: Props) {
  const { t } = useTranslation('kernel')
  const { network } = useMe()
  return (
    <nav aria-label={t('navigation')} className={classes.rail}>
      <Link to={paths.home} className={classes.network}>
        <NetworkMark logo={network.logo} name={isWritten(network.logo) ? network.name : ''} />
        {!isWritten(network.logo) && <span className={classes.name}>{network.name}<small>Folkmoot</small></span>}
      </Link>
      <div className={classes.scroll}>
        {navigation.map((item) => <NavLine key={item.path} {...item} />)}
        {sections.map((Section, at) => <Suspense key={at}><Section /></Suspense>)}
      </div>
      <Person />
    </nav>
  )
}

const nothing = () => 0

function NavLine({ path, label, Icon, badge = nothing, parts }: NavItem) {
  const { t } = useTranslation()
  const count = badge()
  return (
    <RailLink to={path} exact={path === '/' || parts} badge={count} strong={count > 0} lead={<Icon size={18} stroke={1.75} />}>
      {t(label)}
    </RailLink>
  )
}

import { useMediaQuery } from '@mantine/hooks'
import { Outlet } from '@tanstack/react-router'
import { Suspense, type ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { Announcer } from '../announce.tsx'
import type { Feature, NavItem } from '../feature.ts'
import { useThread } from '../route.ts'
import { useShortcuts } from '../shortcuts.ts'
import { OfflineSign } from './OfflineSign.tsx'
import { Rail } from './Rail.tsx'
import { TabBar } from './TabBar.tsx'
import classes from './Shell.module.css'

type Props = { navigation: NavItem[]; tabs: NavItem[]; features: Feature[]; person: ComponentType }

/** The frame of every page: rail, content, thread; on a phone one of them at a time and tabs below. */
export function Shell({ navigation, tabs, features, person }: Props) {
  const { t } = useTranslation('kernel')
  const { openId, close } = useThread()
  const isWide = useMediaQuery('(min-width: 1200px)', window.innerWidth >= 1200, { getInitialValueInEffect: false })
  const slots = features.map((feature) => feature.slots ?? {})
  const Thread = slots.find((slot) => slot.thread)?.thread
  const isCovered = !!openId && !!Thread && !isWide
  useShortcuts(openId ? [{ keys: 'Escape', label: 'kernel:keys.close_thread', group: 'kernel:keys.here', run: close }] : [])
  return (
    <div className={classes.app} data-thread={openId && Thread ? 'open' : undefined}>
      <a className={classes.skip} href="#main">{t('skip')}</a>
      <Rail navigation={navigation} sections={slots.flatMap((slot) => slot.rail ?? [])} person={person} />
      <main id="main" tabIndex={-1} className={classes.main} inert={isCovered}>
        <OfflineSign />
        <Suspense><Outlet /></Suspense>
      </main>
      {openId && Thread && (
        <section className={classes.side} role={isCovered ? 'main' : 'complementary'} aria-label={t('thread')}>
          <Suspense><Thread key={openId} id={openId} close={close} isAlone={isCovered} /></Suspense>
        </section>
      )}
      <TabBar tabs={tabs} />
      {slots.map(({ overlay: Overlay }, at) => Overlay && <Suspense key={features[at].name}><Overlay /></Suspense>)}
      <Announcer />
    </div>
  )
}

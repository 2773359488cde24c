import { SegmentedControl, type MantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconBookmark, IconChevronRight, IconLogout, IconSearch, IconSettings, IconShieldCog, IconCheck, IconUsers } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'
import { paths } from '../../kernel/paths.ts'
import { signOut, useMe } from '../../kernel/session.tsx'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { Page } from '../../kernel/ui/Page.tsx'
import classes from './MorePage.module.css'
import { PersonRow } from './PersonRow.tsx'
import { isAdmin } from './policy.ts'

/** On a phone: everything that does not stand in the five tabs. */
export function MorePage() {
  const { t, i18n } = useTranslation('people')
  const me = useMe()
  const { colorScheme, setColorScheme } = useScheme()
  return (
    <Page title={t('kernel:nav.more')}>
      <PersonRow person={me} aside={<IconChevronRight size={18} aria-hidden />} />
      <Line to={paths.people} Icon={IconUsers}>{t('kernel:nav.people')}</Line>
      <Line to={paths.myWork} Icon={IconCheck}>{t('kernel:nav.my_work')}</Line>
      <Line to={paths.saved} Icon={IconBookmark}>{t('kernel:nav.saved')}</Line>
      <Line to={paths.search} Icon={IconSearch}>{t('menu.search')}</Line>
      <Line to={paths.settings()} Icon={IconSettings}>{t('menu.settings')}</Line>
      {isAdmin(me) && <Line to={paths.admin()} Icon={IconShieldCog}>{t('menu.admin')}</Line>}
      <h2 className={classes.label}>{t('menu.theme')}</h2>
      <SegmentedControl fullWidth value={colorScheme} onChange={(value) => setColorScheme(value as MantineColorScheme)} aria-label={t('menu.theme')}
        data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))} />
      <h2 className={classes.label}>{t('menu.language')}</h2>
      <SegmentedControl fullWidth value={i18n.language} onChange={(value) => chooseLanguage(value as Language)} aria-label={t('menu.language')}
        data={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
      <button type="button" className={classes.line} onClick={signOut}><IconLogout size={20} stroke={1.75} aria-hidden />{t('menu.sign_out')}</button>
    </Page>
  )
}

type LineProps = { to: string; Icon: ComponentType<{ size: number; stroke: number }>; children: ReactNode }

function Line({ to, Icon, children }: LineProps) {
  return <Link to={to} className={classes.line}><Icon size={20} stroke={1.75} />{children}</Link>
}

import { IconChevronUp, IconDeviceLaptop, IconKeyboard, IconLogout, IconMoon, IconSettings, IconShieldCog, IconSun, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'
import { paths } from '../../kernel/paths.ts'
import { signOut, useMe } from '../../kernel/session.tsx'
import { shortcutList } from '../../kernel/shortcuts.ts'
import { useScheme } from '../../kernel/theme/use-scheme.ts'
import { ActionMenu, type MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import classes from './PersonMenu.module.css'
import { isAdmin } from './policy.ts'

const SCHEMES = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceLaptop]] as const

/** Myself, at the foot of the rail, and what concerns me alone. */
export function PersonMenu() {
  const { t } = useTranslation('people')
  const me = useMe()
  return (
    <div className={classes.foot}>
      <ActionMenu label={me.name} entries={useEntries()} side="above-start" className={classes.me}>
        <Avatar person={me} />
        <span className={classes.words}>{me.name}<small>{me.title || `@${me.handle}`}</small></span>
        <IconChevronUp size={16} stroke={1.75} aria-label={t('menu.own')} />
      </ActionMenu>
    </div>
  )
}

function useEntries(): MenuEntry[] {
  const { t, i18n } = useTranslation('people')
  const me = useMe()
  const { colorScheme, setColorScheme } = useScheme()
  return [
    { label: t('menu.profile'), Icon: IconUser, to: paths.person(me.id) },
    { label: t('menu.settings'), Icon: IconSettings, to: paths.settings() },
    isAdmin(me) && { label: t('menu.admin'), Icon: IconShieldCog, to: paths.admin() },
    { label: t('menu.shortcuts'), Icon: IconKeyboard, hint: <kbd aria-hidden>?</kbd>, run: () => shortcutList.set(true) },
    { heading: t('menu.theme') },
    ...SCHEMES.map(([scheme, Icon]) => ({ label: t(`theme.${scheme}`), Icon, checked: colorScheme === scheme, stays: true, run: () => setColorScheme(scheme) })),
    { heading: t('menu.language') },
    ...Object.entries(LANGUAGES).map(([language, label]) => ({ label, lang: language, checked: i18n.language === language, run: () => void chooseLanguage(language as Language) })),
    'line',
    { label: t('menu.sign_out'), Icon: IconLogout, run: () => void signOut() },
  ]
}

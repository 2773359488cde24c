import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconChevronUp, IconKeyboard, IconLogout, IconSettings, IconShieldCog, IconUser } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../kernel/paths.ts'
import { signOut, useMe } from '../../kernel/session.tsx'
import { shortcutList } from '../../kernel/shortcuts.ts'
import { Avatar } from '../../kernel/ui/Avatar.tsx'
import { LanguageItems, SchemeItems } from './Preferences.tsx'
import classes from './PersonMenu.module.css'
import { isAdmin } from './policy.ts'

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true }

/** Myself, at the foot of the rail, and what concerns me alone. */
export function PersonMenu() {
  const { t } = useTranslation('people')
  const me = useMe()
  return (
    <div className={classes.foot}>
      <Menu position="top-start" width={228}>
        <Menu.Target>
          <button type="button" className={classes.me}>
            <Avatar person={me} />
            <span className={classes.words}>{me.name}<small>{me.title || `@${me.handle}`}</small></span>
            <IconChevronUp {...icon} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={paths.person(me.id)} leftSection={<IconUser {...icon} />}>{t('menu.profile')}</Menu.Item>
          <Menu.Item component={Link} to={paths.settings()} leftSection={<IconSettings {...icon} />}>{t('menu.settings')}</Menu.Item>
          {isAdmin(me) && (
            <Menu.Item component={Link} to={paths.admin()} leftSection={<IconShieldCog {...icon} />}>{t('menu.admin')}</Menu.Item>
          )}
          <Menu.Item leftSection={<IconKeyboard {...icon} />} rightSection={<kbd>?</kbd>} onClick={() => shortcutList.set(true)}>
            {t('menu.shortcuts')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('menu.theme')}</Menu.Label>
          <SchemeItems />
          <Menu.Label>{t('menu.language')}</Menu.Label>
          <LanguageItems />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout {...icon} />} onClick={signOut}>{t('menu.sign_out')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

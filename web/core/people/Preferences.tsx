import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceLaptop, IconMoon, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, LANGUAGES, type Language } from '../../kernel/i18n.ts'

const SCHEMES: [MantineColorScheme, typeof IconSun][] = [['light', IconSun], ['dark', IconMoon], ['auto', IconDeviceLaptop]]
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true }

export function SchemeItems() {
  const { t } = useTranslation('people')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return SCHEMES.map(([scheme, Icon]) => (
    <Menu.Item key={scheme} role="menuitemradio" aria-checked={colorScheme === scheme} closeMenuOnClick={false} leftSection={<Icon {...icon} />}
      rightSection={colorScheme === scheme && <IconCheck {...icon} />} onClick={() => setColorScheme(scheme)}>
      {t(`theme.${scheme}`)}
    </Menu.Item>
  ))
}

export function LanguageItems() {
  const { i18n } = useTranslation()
  return Object.entries(LANGUAGES).map(([language, name]) => (
    <Menu.Item key={language} role="menuitemradio" aria-checked={i18n.language === language} lang={language} leftSection={<span style={{ width: 16 }} />}
      rightSection={i18n.language === language && <IconCheck {...icon} />} onClick={() => chooseLanguage(language as Language)}>
      {name}
    </Menu.Item>
  ))
}

import { Combobox, useCombobox } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Space } from '../../kernel/types.ts'
import { SpaceSign } from '../../kernel/ui/AudienceLabel.tsx'
import { audienceSentence } from '../../kernel/ui/audience.ts'
import { ChooserButton } from './ChooserButton.tsx'
import classes from './SpaceChooser.module.css'

type Props = { space: Space; spaces: Space[]; choose: (id: string) => void }

/** The list of spaces to choose from; open as soon as it is mounted. */
export function SpaceCombobox({ space, spaces, choose }: Props) {
  const { t } = useTranslation('home')
  const [typed, setTyped] = useState('')
  const hasSearch = spaces.length > 7
  const combobox = useCombobox({
    defaultOpened: true,
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setTyped('')
      if (document.activeElement === combobox.searchRef.current) combobox.focusTarget()
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  // It is mounted in place of the button that was pressed, which had the focus.
  useEffect(() => (hasSearch ? combobox.focusSearchInput() : combobox.focusTarget()), [])
  const wanted = typed.trim().toLowerCase()
  const found = spaces.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <Combobox store={combobox} width={320} position="bottom-start" withinPortal onOptionSubmit={(id) => { choose(id); combobox.closeDropdown(); combobox.focusTarget() }}>
      <Combobox.Target targetType="button">
        <ChooserButton space={space} onClick={() => combobox.toggleDropdown()} />
      </Combobox.Target>
      <Combobox.Dropdown>
        {hasSearch && <Combobox.Search value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={t('find_space')} aria-label={t('find_space')} />}
        <Combobox.Options className={classes.options} aria-label={t('choose_space')}>
          {found.map((one) => (
            <Combobox.Option key={one.id} value={one.id} active={one.id === space.id}>
              <span className={classes.option}><SpaceSign space={one} /><span>{one.name}<small>{audienceSentence(t, one.audience)}</small></span></span>
            </Combobox.Option>
          ))}
          {found.length === 0 && <Combobox.Empty>{t('no_space')}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

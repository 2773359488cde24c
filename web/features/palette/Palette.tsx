import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../kernel/announce.tsx'
import { Dialog } from '../../kernel/ui/Dialog.tsx'
import type { Choice } from './choices.ts'
import { useChoices } from './choices.ts'
import { Option } from './Option.tsx'
import classes from './Palette.module.css'

/** Go anywhere, do anything: type a part of a name. A combobox whose list is always open. */
export function Palette({ close }: { close: () => void }) {
  const { t } = useTranslation('palette')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 120)
  const groups = useChoices(typed.trim(), q)
  const flat = groups.flatMap(({ choices }) => choices)
  const [at, setAt] = useState(0)
  const list = useId()
  useEffect(() => setAt(0), [typed])
  useEffect(() => {
    if (q) announce(t('found', { count: flat.length }))
  }, [q, flat.length, t])
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    close()
    choice.run()
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) setAt((at + step + flat.length) % Math.max(flat.length, 1))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) choose(flat[at])
    else return
    event.preventDefault()
  }
  const active = flat[at] && `${list}-${flat[at].key}`
  useEffect(() => {
    if (active) document.getElementById(active)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <Dialog title={null} close={close} withCloseButton={false} size={600} yOffset="12vh" centered={false} padding={0} aria-label={t('title')}>
      <div className={classes.field}>
        <IconSearch size={19} stroke={1.75} aria-hidden />
        <input role="combobox" aria-expanded aria-controls={list} aria-activedescendant={active || undefined} aria-autocomplete="list" aria-label={t('title')}
          placeholder={t('kernel:find')} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={press} data-autofocus
          autoComplete="off" spellCheck={false} />
        <kbd aria-hidden>Esc</kbd>
      </div>
      <div id={list} role="listbox" aria-label={t('title')} className={classes.list}>
        {groups.map(({ title, choices }) => (
          <div key={title} role="group" aria-label={title}>
            <div className={classes.group} aria-hidden>{title}</div>
            {choices.map((choice) => (
              <Option key={choice.key} id={`${list}-${choice.key}`} choice={choice} isActive={choice === flat[at]}
                choose={() => choose(choice)} hover={() => setAt(flat.indexOf(choice))} />
            ))}
          </div>
        ))}
        {flat.length === 0 && <p className={classes.none}>{t('none')}</p>}
      </div>
    </Dialog>
  )
}

import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { announce } from '../../kernel/announce.tsx'
import type { Choice } from './choices.ts'
import { useChoices } from './choices.ts'
import { Option } from './Option.tsx'
import classes from './Palette.module.css'

type Props = {
  id: string
  typed: string
  /** Where it is typed: there before this, and with the focus all the time. */
  field: RefObject<HTMLInputElement | null>
  /** Whether Enter was the last key before the list came. */
  isEntered: RefObject<boolean>
  close: () => void
}

/** Go anywhere, do anything: what fits a part of a name. The list of a combobox that is always open. */
export function Palette({ id, typed, field, isEntered, close }: Props) {
  const { t } = useTranslation('palette')
  const [q] = useDebouncedValue(typed.trim(), 120)
  const groups = useChoices(typed.trim(), q)
  const flat = groups.flatMap(({ choices }) => choices)
  const [at, setAt] = useState(0)
  useEffect(() => setAt(0), [typed])
  useEffect(() => {
    if (q) announce(t('found', { count: flat.length }))
  }, [q, flat.length, t])
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    close()
    choice.run()
  }
  useEffect(() => {
    if (isEntered.current) choose(flat[0])
  }, [])
  useEffect(() => {
    const input = field.current
    const press = (event: KeyboardEvent) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step) setAt((at + step + flat.length) % Math.max(flat.length, 1))
      else if (event.key === 'Enter') choose(flat[at])
      else return
      event.preventDefault()
    }
    input?.addEventListener('keydown', press)
    return () => input?.removeEventListener('keydown', press)
  })
  const active = flat[at] && `${id}-${flat[at].key}`
  useEffect(() => {
    if (!active) return field.current?.removeAttribute('aria-activedescendant')
    field.current?.setAttribute('aria-activedescendant', active)
    document.getElementById(active)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div id={id} role="listbox" aria-label={t('kernel:go_to')} className={classes.list}>
      {groups.map(({ title, choices }) => (
        <div key={title} role="group" aria-label={title}>
          <div className={classes.group} aria-hidden>{title}</div>
          {choices.map((choice) => (
            <Option key={choice.key} id={`${id}-${choice.key}`} choice={choice} isActive={choice === flat[at]}
              choose={() => choose(choice)} hover={() => setAt(flat.indexOf(choice))} />
          ))}
        </div>
      ))}
      {flat.length === 0 && <p className={classes.none}>{t('none')}</p>}
    </div>
  )
}

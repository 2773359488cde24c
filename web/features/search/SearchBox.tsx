import { IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useState, type FormEvent, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCompletions, type Completion } from './completions.ts'
import { partAt, replacePart } from './query-parts.ts'
import classes from './Search.module.css'

type Props = { box: RefObject<HTMLInputElement | null>; typed: string; change: (typed: string) => void; submit: (q: string) => void }

/** Where one writes what one looks for; people, spaces and days are completed while a modifier is written. */
export function SearchBox({ box, typed, change, submit }: Props) {
  const { t } = useTranslation('search')
  const list = useId()
  const [caret, setCaret] = useState(typed.length)
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(-1)
  const part = partAt(typed, caret)
  const found = useCompletions(isOpen ? part : undefined)
  const note = () => setCaret(box.current?.selectionStart ?? typed.length)
  // Also when somebody pressed what begins a modifier instead of typing it.
  useEffect(() => {
    setAt(-1)
    note()
  }, [typed])
  const choose = (one: Completion | undefined) => {
    if (!one || !part) return
    const next = replacePart(typed, part, one.text)
    change(next)
    setCaret(next.length)
    box.current?.focus()
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape' && found.length) setOpen(false)
    else if (step && found.length) setAt((at + step + found.length) % found.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && found[at]) choose(found[at])
    else return
    event.preventDefault()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    setOpen(false)
    submit(typed)
  }
  return (
    <form role="search" className={classes.box} onSubmit={send}>
      <IconSearch size={18} stroke={1.75} aria-hidden />
      <input ref={box} type="search" value={typed} placeholder={t('hint')} aria-label={t('hint')} enterKeyHint="search" autoComplete="off"
        aria-controls={found.length ? list : undefined} aria-autocomplete="list" aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
        onChange={(event) => { change(event.target.value); setCaret(event.target.selectionStart ?? event.target.value.length); setOpen(true) }}
        onSelect={note} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)} onKeyDown={press} />
      {found.length > 0 && (
        <div id={list} role="listbox" aria-label={t('completions')} className={classes.completions}>
          {found.map((one, place) => (
            <div key={one.text} id={`${list}-${place}`} role="option" aria-selected={place === at} className={classes.completion}
              onMouseDown={(event) => { event.preventDefault(); choose(one) }}>
              <span>{one.label}</span><span className="quiet">{one.detail ?? one.text}</span>
            </div>
          ))}
        </div>
      )}
    </form>
  )
}

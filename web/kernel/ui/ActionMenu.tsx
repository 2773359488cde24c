import { Link } from '@tanstack/react-router'
import { IconCheck, IconDots } from '@tabler/icons-react'
import { useEffect, useId, useLayoutEffect, useRef, useState, type ComponentType, type ReactNode, type ToggleEvent } from 'react'
import { flushSync } from 'react-dom'
import classes from './ActionMenu.module.css'
import { moveInMenu, placeMenu, type Side } from './menu.ts'

type Line = {
  label: ReactNode
  Icon?: ComponentType<{ size?: number | string; stroke?: number }>
  /** A place to go, or a deed. */
  to?: string
  run?: () => void
  danger?: boolean
  /** One of several choices, chosen or not. */
  checked?: boolean
  /** Stays open when pressed. */
  stays?: boolean
  hint?: ReactNode
  lang?: string
}
export type MenuEntry = Line | { heading: string } | 'line' | false | null | undefined

type Props = {
  /** What the menu is for, for those who hear it. */
  label: string
  /** A function is asked when it opens: what depends on something fetched meanwhile is right then; its lines may come later. */
  entries: MenuEntry[] | (() => MenuEntry[] | Promise<MenuEntry[]>)
  side?: Side
  className?: string
  /** What the button shows; three dots without. Then `label` is not needed to name it. */
  children?: ReactNode
}

/**
 * A button with a menu, on the browser's own popover: first of what everybody sees, so it must weigh nothing.
 * `<ActionMenu label={t('more')} entries={[{ label: t('edit'), run: edit }, 'line', { label: t('remove'), run: remove, danger: true }]} />`
 */
export function ActionMenu({ label, entries, side = 'below-end', className, children }: Props) {
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  const [isOpen, setOpen] = useState(false)
  // Its lines are there only while it is open, and it shows itself once it is in its place.
  const willToggle = (event: ToggleEvent<HTMLDivElement>) => {
    delete event.currentTarget.dataset.placed
    flushSync(() => setOpen(event.newState === 'open'))
  }
  const toggled = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== 'open' || !button.current || !menu.current) return
    placeMenu(button.current, menu.current, side)
    menu.current.dataset.placed = ''
    enter(menu.current)
  }
  // Lines that come when it is open already.
  const grown = () => {
    if (menu.current?.dataset.placed === undefined) return
    placeMenu(button.current!, menu.current, side)
    if (!menu.current.contains(document.activeElement)) enter(menu.current)
  }
  const close = () => {
    menu.current?.hidePopover()
    button.current?.focus({ preventScroll: true })
  }
  return (
    <>
      <button ref={button} type="button" className={className ?? classes.dots} popoverTarget={id} aria-haspopup="menu" aria-expanded={isOpen}
        aria-label={children ? undefined : label} title={children ? undefined : label}>
        {children ?? <IconDots size={18} stroke={1.75} />}
      </button>
      <div ref={menu} id={id} popover="auto" role="menu" aria-label={label} className={classes.menu} onBeforeToggle={willToggle} onToggle={toggled}
        onKeyDown={(event) => moveInMenu(event, close)}>
        {isOpen && <Lines ask={typeof entries === 'function' ? entries : () => entries} close={close} grown={grown} />}
      </div>
    </>
  )
}

const enter = (menu: HTMLElement) => menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus({ preventScroll: true })

type LinesProps = { ask: () => MenuEntry[] | Promise<MenuEntry[]>; close: () => void; grown: () => void }

function Lines({ ask, close, grown }: LinesProps) {
  const answer = ask()
  const [come, setCome] = useState<MenuEntry[]>([])
  useEffect(() => {
    if (!Array.isArray(answer)) answer.then(setCome, () => {})
  }, [])
  useLayoutEffect(grown, [come])
  return (Array.isArray(answer) ? answer : come).map((entry, at) => entry && <Entry key={at} entry={entry} close={close} />)
}

function Entry({ entry, close }: { entry: Exclude<MenuEntry, false | null | undefined>; close: () => void }) {
  if (entry === 'line') return <div role="separator" className={classes.line} />
  if ('heading' in entry) return <div className={classes.heading} aria-hidden>{entry.heading}</div>
  return <Item line={entry} close={close} />
}

function Item({ line, close }: { line: Line; close: () => void }) {
  const { Icon } = line
  const isChoice = line.checked !== undefined
  const inside = (
    <>
      <span className={classes.icon}>{Icon && <Icon size={16} stroke={1.75} />}</span>
      <span className={classes.label}>{line.label}</span>
      {line.hint}
      {line.checked && <IconCheck size={16} stroke={2} />}
    </>
  )
  const press = () => {
    if (!line.stays) close()
    line.run?.()
  }
  const shared = { className: classes.item, tabIndex: -1, lang: line.lang, onClick: press, 'data-danger': line.danger || undefined }
  if (line.to) return <Link to={line.to} role="menuitem" {...shared}>{inside}</Link>
  return (
    <button type="button" role={isChoice ? 'menuitemradio' : 'menuitem'} aria-checked={isChoice ? line.checked : undefined} {...shared}>{inside}</button>
  )
}

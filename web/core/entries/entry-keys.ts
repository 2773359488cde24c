import { useEffect, useRef, type RefObject } from 'react'
import { useShortcuts } from '../../kernel/shortcuts.ts'
import { useMe } from '../../kernel/session.tsx'
import type { Entry } from '../../kernel/types.ts'
import { entryExtensions } from './extensions.ts'
import { answer } from './answer.ts'
import { markUnread, remove } from './commands.ts'

type Target = { entry: Entry; open?: (id: string) => void; edit?: () => void }

const targets = new WeakMap<Element, Target>()

/** Lets the keys of a list reach this entry. */
export function useKeyTarget(ref: RefObject<HTMLElement | null>, entry: Entry, { open, edit }: Omit<Target, 'entry'>) {
  const target = useRef<Target>({ entry })
  target.current = { entry, open, edit }
  useEffect(() => {
    if (ref.current) targets.set(ref.current, { get entry() { return target.current.entry }, get open() { return target.current.open }, get edit() { return target.current.edit } })
  }, [ref])
}

const pointed = () => {
  const element = document.activeElement?.closest('[data-entry]')
  return element ? targets.get(element) : undefined
}

/** Moves the focus to the next or previous entry of the list that has it, or of the page's. */
function move(step: 1 | -1) {
  const here = document.activeElement?.closest('[data-entry]')
  const list = document.activeElement?.closest('aside') ?? document.querySelector('main')
  const all = [...(list?.querySelectorAll<HTMLElement>('[data-entry][tabindex]') ?? [])]
  const next = here ? all[all.indexOf(here as HTMLElement) + step] : all.find((one) => one.getBoundingClientRect().bottom > 80)
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}

/** j, k, o, r, e, u: for lists of entries. */
export function useEntryKeys() {
  const me = useMe()
  const group = 'entries:keys.group'
  useShortcuts([
    { keys: 'j', label: 'entries:keys.next', group, run: () => move(1) },
    { keys: 'k', label: 'entries:keys.previous', group, run: () => move(-1) },
    { keys: 'o', label: 'entries:keys.open', group, run: () => open(pointed()) },
    { keys: 'Enter', label: 'entries:keys.open', group, run: () => open(pointed()) },
    { keys: 'r', label: 'entries:keys.reply', group, run: () => reply(pointed()) },
    { keys: 'e', label: 'entries:keys.edit', group, run: () => ifMine(pointed(), me.id)?.edit?.() },
    { keys: 'u', label: 'entries:keys.unread', group, run: () => unread(pointed(), me.id) },
    { keys: 'Delete', label: 'entries:keys.delete', group, run: () => removeMine(ifMine(pointed(), me.id)) },
    ...entryExtensions.keys.map(({ keys, label, run }) => ({ keys, label, group, run: () => withEntry(pointed(), run) })),
  ])
}

const open = (target?: Target) => target?.open?.(target.entry.root ?? target.entry.id)
const reply = (target?: Target) => target && answer(target.entry, target.open)
const ifMine = (target: Target | undefined, me: string) => (target?.entry.author === me && target.entry.state === 'published' ? target : undefined)
const removeMine = (target?: Target) => target && void remove(target.entry)
const unread = (target: Target | undefined, me: string) => target && target.entry.author !== me && void markUnread(target.entry)
const withEntry = (target: Target | undefined, run: (entry: Entry) => void) => target?.entry.state === 'published' && run(target.entry)

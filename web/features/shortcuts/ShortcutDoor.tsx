import { useNavigate } from '@tanstack/react-router'
import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { paths } from '../../kernel/paths.ts'
import { shortcutList, useShortcuts } from '../../kernel/shortcuts.ts'

const ShortcutDialog = later(() => import('./ShortcutDialog.tsx').then((file) => file.ShortcutDialog), ['shortcuts'])

const WAYS = [['g h', paths.home, 'home'], ['g i', paths.inbox, 'inbox'], ['g m', paths.messages, 'messages'], ['g s', paths.spaces, 'spaces'], ['g p', paths.people, 'people']]

/** The keys that work on every page, and the list of all keys. */
export function ShortcutDoor() {
  const navigate = useNavigate()
  const isOpen = shortcutList.use()
  useShortcuts([
    { keys: '?', label: 'shortcuts:list', group: 'shortcuts:everywhere', run: () => shortcutList.set(true) },
    ...WAYS.map(([keys, to, name]) => ({ keys, label: `kernel:nav.${name}`, group: 'shortcuts:go', run: () => void navigate({ to }) })),
  ])
  return isOpen && <Suspense><ShortcutDialog close={() => shortcutList.set(false)} /></Suspense>
}

import { Suspense } from 'react'
import { later } from '../../kernel/later.ts'
import { palette } from '../../kernel/palette.ts'
import { useShortcuts } from '../../kernel/shortcuts.ts'

const Palette = later(() => import('./Palette.tsx').then((file) => file.Palette))

/** Opens the command palette; what is inside is fetched when it is first wanted. */
export function PaletteDoor() {
  const isOpen = palette.use()
  useShortcuts([
    { keys: 'mod+k', label: 'shortcuts:palette', group: 'shortcuts:everywhere', always: true, run: () => palette.set(!palette.get()) },
    { keys: '/', label: 'shortcuts:palette', group: 'shortcuts:everywhere', run: () => palette.set(true) },
  ])
  return isOpen && <Suspense><Palette close={() => palette.set(false)} /></Suspense>
}

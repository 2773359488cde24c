import type { Feature } from '../../kernel/feature.ts'
import { ShortcutDoor } from './ShortcutDoor.tsx'

export const shortcuts: Feature = { name: 'shortcuts', slots: { overlay: ShortcutDoor } }

import type { Feature } from '../../kernel/feature.ts'
import { PaletteDoor } from './PaletteDoor.tsx'

export const palette: Feature = { name: 'palette', slots: { overlay: PaletteDoor } }

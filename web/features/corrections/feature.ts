import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import type { Feature } from '../../kernel/feature.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import { BriefDoor, NoteDoor, ReadingsDoor } from './doors.tsx'

defineReason('corrected', { text: 'corrections:was_corrected' })

entryExtensions.above.push(NoteDoor)
entryExtensions.brief.push(BriefDoor)
entryExtensions.menu.push((at) => withTexts('corrections', () => import('./menu.ts')).then(({ correctionLines }) => correctionLines(at)))

export const corrections: Feature = { name: 'corrections', slots: { overlay: ReadingsDoor } }

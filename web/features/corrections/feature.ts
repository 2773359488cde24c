import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import type { Feature } from '../../kernel/feature.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import { NoteDoor } from './NoteDoor.tsx'

defineReason('corrected', { text: 'corrections:was_corrected' })

entryExtensions.standing.push(NoteDoor)
entryExtensions.menu.push((at) => withTexts('corrections', () => import('./parts.ts')).then(({ correctionLines }) => correctionLines(at)))

// What was before one's eyes is noted once the page has settled: no first view needs it.
setTimeout(() => void import('./parts.ts').catch(() => {}), 5000)

export const corrections: Feature = { name: 'corrections' }

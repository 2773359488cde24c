import { entryExtensions } from '../../core/entries/extensions.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import './apply.ts'

entryExtensions.menu.push((at) => withTexts('pins', () => import('./menu.ts')).then(({ pinLines }) => pinLines(at)))
spaceExtensions.heads.push(later(() => withTexts('pins', () => import('./PinnedLine.tsx')).then((file) => file.PinnedLine)))

export const pins: Feature = { name: 'pins' }

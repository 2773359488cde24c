import { IconBell } from '@tabler/icons-react'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import './apply.ts'
import { ResolvedMark } from './ResolvedMark.tsx'

defineReason('followed', { text: 'threads:you_follow', Icon: IconBell })

entryExtensions.foot.unshift(ResolvedMark)
entryExtensions.menu.unshift((at) => (at.entry.root ? [] : withTexts('threads', () => import('./menu.ts')).then(({ threadLines }) => threadLines(at))))
entryExtensions.thread.push(later(() => withTexts('threads', () => import('./StanceButtons.tsx')).then((file) => file.StanceButtons)))

export const threads: Feature = { name: 'threads' }

import { IconBulb } from '@tabler/icons-react'
import type { STARTS_IN } from '../../../server/features/ideas/policy.ts'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { withTexts } from '../../kernel/with-texts.ts'

defineEntryKind({
  name: 'idea', Card: later(() => import('./IdeaCard.tsx').then((file) => file.IdeaCard), ['idea-cards']),
  Linked: later(() => import('./Stand.tsx').then((file) => file.LinkedIdea), ['idea-cards']),
  composer: {
    // As the policy says, of which the first view needs nothing else.
    startsIn: ['community'] satisfies typeof STARTS_IN, Icon: IconBulb, label: 'ideas:idea', title: 'ideas:title', action: 'ideas:propose', placeholder: 'ideas:details',
  },
})
const Line = later(() => import('./StepLine.tsx').then((file) => file.StepLine), ['idea-cards'])
defineEntryKind({ name: 'idea_step', Line, isQuiet: true, Brief: later(() => import('./StepLine.tsx').then((file) => file.StepBrief), ['idea-cards']) })
defineEntryKind({ name: 'idea_trace', Line, isQuiet: true })

defineReason('idea_step', { text: 'idea-cards:step_you', Icon: IconBulb })
defineWaiting('idea_offered', { texts: 'idea-cards', Line: later(() => import('./IdeaWaiting.tsx').then((file) => file.OfferedWaiting)) })
defineWaiting('idea_worked', { texts: 'idea-cards', Line: later(() => import('./IdeaWaiting.tsx').then((file) => file.WorkedWaiting)) })

entryExtensions.menu.push((at) => withTexts('idea-cards', () => import('./menu.ts')).then(({ ideaLines }) => ideaLines(at)))
spaceExtensions.tabs.push({ view: 'ideas', label: 'ideas:tab', Body: later(() => import('./IdeasTab.tsx').then((file) => file.IdeasTab), ['idea-cards']) })

export const ideas: Feature = { name: 'ideas' }

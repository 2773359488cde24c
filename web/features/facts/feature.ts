import { IconCircleCheck } from '@tabler/icons-react'
import type { STARTS_IN } from '../../../server/features/facts/policy.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'

defineEntryKind({
  name: 'fact', Card: later(() => import('./FactCard.tsx').then((file) => file.FactCard), ['fact-cards']),
  Linked: later(() => import('./Present.tsx').then((file) => file.LinkedFact), ['fact-cards']),
  composer: {
    // As the policy says, of which the first view needs nothing else.
    startsIn: ['community', 'profile'] satisfies typeof STARTS_IN, Icon: IconCircleCheck, label: 'facts:fact', title: 'facts:title', action: 'facts:say', placeholder: 'facts:details',
    Fields: later(() => import('./FactFields.tsx').then((file) => file.FactFields), ['fact-cards']),
    atSend: (facts) => ({ seen_at: new Date().toISOString(), ...facts }),
  },
})

defineReason('fact_contradicted', { text: 'facts:contradicts_you' })
defineReason('fact_superseded', { text: 'facts:supersedes_you' })

spaceExtensions.tabs.push({ view: 'facts', label: 'facts:tab', Body: later(() => import('./FactsTab.tsx').then((file) => file.FactsTab), ['fact-cards']) })

export const facts: Feature = { name: 'facts' }

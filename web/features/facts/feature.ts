import { IconCircleCheck } from '@tabler/icons-react'
import { STARTS_IN } from '../../../server/features/facts/policy.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { FactDoor } from './FactDoor.tsx'

defineEntryKind({
  name: 'fact', Card: FactDoor, Linked: later(() => import('./Present.tsx').then((file) => file.LinkedFact), ['fact-cards']),
  composer: {
    startsIn: STARTS_IN, Icon: IconCircleCheck, label: 'facts:fact', title: 'facts:title', action: 'facts:say', placeholder: 'facts:details',
    Fields: later(() => import('./FactFields.tsx').then((file) => file.FactFields), ['fact-cards']),
    atSend: (facts) => ({ seen_at: new Date().toISOString(), ...facts }),
  },
})

defineReason('fact_contradicted', { text: 'facts:contradicts_you' })
defineReason('fact_superseded', { text: 'facts:supersedes_you' })

spaceExtensions.tabs.push({ view: 'facts', label: 'facts:tab', Body: later(() => import('./FactsTab.tsx').then((file) => file.FactsTab), ['fact-cards']) })

export const facts: Feature = { name: 'facts' }

import { IconGavel } from '@tabler/icons-react'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { later } from '../../kernel/later.ts'
import { ArgumentDoor, DecisionDoor } from './doors.tsx'

defineEntryKind({
  name: 'decision', Card: DecisionDoor,
  composer: {
    // As policy.ts of the server has it, the rest of which no first view needs.
    startsIn: ['community'], Icon: IconGavel, label: 'decisions:decision', title: 'decisions:title', action: 'decisions:propose', placeholder: 'decisions:details',
    Fields: later(() => import('./DecisionFields.tsx').then((file) => file.DecisionFields), ['deciding']),
  },
})
defineEntryKind({ name: 'argument', Card: ArgumentDoor })

defineReason('decision_owed', { text: 'deciding:owed_by_you', Icon: IconGavel })
defineReason('decision_closed', { text: 'deciding:is_closed', Icon: IconGavel })
defineReason('decision_outcome', { text: 'deciding:has_outcome', Icon: IconGavel })
defineReason('decision_superseded', { text: 'deciding:is_superseded', Icon: IconGavel })

spaceExtensions.tabs.push({ view: 'decisions', label: 'decisions:tab', Body: later(() => import('./DecisionsTab.tsx').then((file) => file.DecisionsTab), ['deciding']) })

export const decisions: Feature = {
  name: 'decisions',
  pages: [{ path: '/decisions', texts: ['deciding'], load: () => import('./DecisionsPage.tsx').then((file) => file.DecisionsPage) }],
}

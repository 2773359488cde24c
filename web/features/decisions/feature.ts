import { IconScale } from '@tabler/icons-react'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import { defineWaiting } from '../../core/waiting/waiting.ts'
import type { Feature } from '../../kernel/feature.ts'
import { ArgumentDoor, DecisionDoor, part, parts } from './doors.tsx'

defineEntryKind({
  name: 'decision', Card: DecisionDoor,
  composer: {
    // As policy.ts of the server has it, the rest of which no first view needs.
    startsIn: ['community'], Icon: IconScale, label: 'decisions:decision', title: 'decisions:title', action: 'decisions:propose',
    Fields: part('DecisionFields'),
  },
})
defineEntryKind({ name: 'argument', Card: ArgumentDoor })

defineReason('decision_owed', { text: 'deciding:reason.owed', Icon: IconScale })
defineReason('decision_closed', { text: 'deciding:reason.closed', Icon: IconScale })
defineReason('decision_outcome', { text: 'deciding:reason.outcome', Icon: IconScale })
defineReason('decision_superseded', { text: 'deciding:reason.superseded', Icon: IconScale })

defineWaiting('decision_review', { texts: 'deciding', Line: part('ReviewWaiting') })

spaceExtensions.tabs.push({ view: 'decisions', label: 'decisions:tab', Body: part('DecisionsTab') })

export const decisions: Feature = {
  name: 'decisions',
  pages: [{ path: '/decisions', texts: ['deciding'], load: () => parts().then((file) => file.DecisionsPage) }],
}

import { IconChartBar } from '@tabler/icons-react'
import type { STARTS_IN } from '../../../server/features/polls/policy.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import type { Feature } from '../../kernel/feature.ts'
import { BallotsLeft } from './BallotsLeft.tsx'
import { part, PollDoor } from './doors.tsx'

defineEntryKind({
  name: 'poll', Card: PollDoor,
  composer: {
    // As the policy says, of which the first view needs nothing else.
    startsIn: ['community', 'profile'] satisfies typeof STARTS_IN, Icon: IconChartBar, label: 'polls:poll', title: 'polls:title', action: 'polls:ask', placeholder: 'polls:details',
    Fields: part('PollFields'),
  },
})

defineReason('poll_closed', { text: 'poll-cards:reason.closed', Icon: IconChartBar })

export const polls: Feature = { name: 'polls', slots: { overlay: BallotsLeft } }

import { IconCheck } from '@tabler/icons-react'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import { part, parts } from './doors.ts'

defineEntryKind({
  name: 'task', isQuiet: true, Card: part('TaskCard'), Linked: part('LinkedTask'),
  composer: {
    // As the policy says, of which the first view needs nothing else.
    startsIn: ['community'], Icon: IconCheck, label: 'tasks:task', title: 'tasks:title', action: 'tasks:give', placeholder: 'tasks:details',
    Fields: part('TaskFields'),
  },
})
const Line = part('StepLine')
defineEntryKind({ name: 'task_step', Line, isQuiet: true, Brief: part('StepBrief') })
defineEntryKind({ name: 'task_trace', Line, isQuiet: true })

defineReason('task_assigned', { text: 'task-cards:assigned_you', Icon: IconCheck })
defineReason('task_soon', { text: 'task-cards:soon_you', Icon: IconCheck })
defineReason('task_late', { text: 'task-cards:late_you', Icon: IconCheck })
defineReason('task_step', { text: 'task-cards:step_you', Icon: IconCheck })

entryExtensions.menu.push((at) => withTexts('task-cards', parts).then(({ taskLines }) => taskLines(at)))
spaceExtensions.tabs.push({ view: 'tasks', label: 'tasks:tab', Body: part('TasksTab') })

export const tasks: Feature = {
  name: 'tasks',
  pages: [{ path: '/my-work', texts: ['task-cards'], load: () => parts().then((file) => file.MyWorkPage) }],
}

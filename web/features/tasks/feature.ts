import { IconSquareCheck } from '@tabler/icons-react'
import { entryExtensions } from '../../core/entries/extensions.ts'
import { defineEntryKind } from '../../core/entries/kinds.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { spaceExtensions } from '../../core/spaces/extensions.ts'
import type { Feature } from '../../kernel/feature.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import { LineDoor, part, parts } from './doors.tsx'

defineEntryKind({
  name: 'task', isQuiet: true, Card: part('TaskCard'), Linked: part('LinkedTask'),
  composer: {
    // As the policy says, of which the first view needs nothing else.
    startsIn: ['community'], Icon: IconSquareCheck, label: 'tasks:task', title: 'tasks:title', action: 'tasks:give', placeholder: 'tasks:details',
    Fields: part('TaskFields'),
  },
})
defineEntryKind({ name: 'task_step', Line: LineDoor, isQuiet: true, Brief: part('StepBrief') })
defineEntryKind({ name: 'task_trace', Line: LineDoor, isQuiet: true })

defineReason('task_assigned', { text: 'task-cards:assigned_you', Icon: IconSquareCheck })
defineReason('task_soon', { text: 'task-cards:soon_you', Icon: IconSquareCheck })
defineReason('task_late', { text: 'task-cards:late_you', Icon: IconSquareCheck })
defineReason('task_step', { text: 'task-cards:step_you', Icon: IconSquareCheck })

entryExtensions.menu.push((at) => withTexts('task-cards', parts).then(({ taskLines }) => taskLines(at)))
spaceExtensions.tabs.push({ view: 'tasks', label: 'tasks:tab', Body: part('TasksTab') })

export const tasks: Feature = {
  name: 'tasks',
  pages: [{ path: '/my-work', texts: ['task-cards'], load: () => parts().then((file) => file.MyWorkPage) }],
}

// All that tasks need beyond the first view, in one piece: the first view names each piece that may follow.
export { taskLines } from './menu.ts'
export { MyWorkPage } from './MyWorkPage.tsx'
export { LinkedTask } from './Marks.tsx'
export { StepBrief, StepLine } from './StepLine.tsx'
export { TaskCard } from './TaskCard.tsx'
export { TaskFields } from './TaskFields.tsx'
export { TasksTab } from './TasksTab.tsx'

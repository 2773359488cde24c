import { IconCheck } from '@tabler/icons-react'
import { STARTS_IN } from '../../../server/features/tasks/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'

/** What can become a task: whatever somebody says where one writes. */
export function taskLines({ entry, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  const mayBegin = space?.my.may_post && STARTS_IN.some((kind) => kind === space.kind)
  if (!mayBegin || entry.task || findEntryKind(entry.kind)?.Line) return []
  return [{
    label: i18n.t('task-cards:turn'), Icon: IconCheck,
    run: () => void showDialog(() => import('../../core/entries/MakeDialog.tsx').then((file) => file.MakeDialog), { entry, kind: 'task', title: i18n.t('task-cards:turn_title') }),
  }]
}

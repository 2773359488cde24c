import { IconBookmark, IconBookmarkFilled, IconClock } from '@tabler/icons-react'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { withTexts } from '../../kernel/with-texts.ts'
import { keep } from './commands.ts'

/** Saves an entry for later, or no longer. */
export const turn = (entry: Entry) => void keep(entry, !entry.saved)

/** Asks when to be reminded of an entry. */
export const askWhen = (entry: Entry, remindAt: string | null = null) =>
  void showDialog(() => withTexts('when', () => import('./RemindDialog.tsx')).then((file) => file.RemindDialog), { entry, remindAt })

export function savingLines({ entry }: { entry: Entry }): MenuEntry[] {
  const t = (key: string) => i18n.t(`saved:${key}`)
  if (findEntryKind(entry.kind)?.Line) return []
  return [
    entry.saved ? { label: t('unsave'), Icon: IconBookmarkFilled, run: () => turn(entry) } : { label: t('save'), Icon: IconBookmark, run: () => turn(entry) },
    { label: t('remind'), Icon: IconClock, run: () => askWhen(entry) },
  ]
}

import { IconArrowBackUp, IconListDetails, IconRotate, IconWritingSign } from '@tabler/icons-react'
import { canCorrect, canReinstate } from '../../../server/features/corrections/policy.ts'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { i18n } from '../../kernel/i18n.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import type { Entry, Me, Space } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { withTexts } from '../../kernel/with-texts.ts'
import { reinstate } from './commands.ts'
import { showAll } from './show-all.ts'

const t = (key: string) => i18n.t(`corrections:${key}`)

/** Putting right what one said, or what is said where one is host. */
export function correctionLines({ entry, me, space }: { entry: Entry; me: Me; space?: Space }): MenuEntry[] {
  if (!space || findEntryKind(entry.kind)?.Line) return []
  const { corrected } = entry
  const may = canCorrect(me, entry, space)
  const chosen = chosenIn(entry.id)
  return [
    may && !corrected?.retracted && { label: t('correct'), Icon: IconWritingSign, run: () => void showDialog(() => withTexts('history', () => import('./CorrectDialog.tsx')).then((file) => file.CorrectDialog), { entry, chosen }) },
    may && !corrected?.retracted && { label: t('retract'), Icon: IconArrowBackUp, run: () => void showDialog(() => import('./RetractDialog.tsx').then((file) => file.RetractDialog), { entry }) },
    !!corrected?.retracted && canReinstate(me, entry, space, corrected.last[0].by?.id ?? null) && { label: t('reinstate'), Icon: IconRotate, run: () => reinstate(entry) },
    !!corrected && { label: t('all'), Icon: IconListDetails, run: () => showAll(entry) },
  ]
}

/** What somebody has marked in an entry: most likely that is wrong. */
function chosenIn(id: string): string {
  const selection = getSelection()
  const place = selection?.anchorNode?.parentElement?.closest<HTMLElement>('[data-entry]')
  return place?.dataset.entry === id ? selection!.toString().trim() : ''
}

import { IconQuote, IconShare3 } from '@tabler/icons-react'
import { findEntryKind } from '../../core/entries/kinds.ts'
import { giveBack } from '../../core/entries/draft-keeping.ts'
import { EMPTY } from '../../core/entries/drafts.ts'
import { i18n } from '../../kernel/i18n.ts'
import { paths } from '../../kernel/paths.ts'
import type { Entry } from '../../kernel/types.ts'
import type { MenuEntry } from '../../kernel/ui/ActionMenu.tsx'
import { holdTyping } from '../../kernel/typing.ts'
import { sharing } from './sharing.ts'

/** To speak of an entry elsewhere: below it or beside it, or in another place. */
export function sharingLines({ entry }: { entry: Entry }): MenuEntry[] {
  if (findEntryKind(entry.kind)?.Line) return []
  const place = placeFor(entry)
  return [
    !!place && { label: i18n.t('entries:quote'), Icon: IconQuote, run: () => quote(entry, place) },
    { label: i18n.t('entries:share'), Icon: IconShare3, run: () => sharing.set(entry) },
  ]
}

export const linkTo = (entry: Pick<Entry, 'id'>) => new URL(paths.entry(entry.id), location.origin).href

/** Where one writes beside an entry: in its thread where that is open, else in its space. */
const placeFor = ({ root, id, space }: Entry) =>
  [root ?? id, `space/${space}`, space].find((place) => document.querySelector(`[data-composer="${place}"]`))

/** Puts a link to an entry, which is shown as a card, before what has been begun there. */
function quote(entry: Entry, place: string) {
  holdTyping()
  giveBack(place, { ...EMPTY, body: `${linkTo(entry)}\n\n` }, '')
}

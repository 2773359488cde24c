import type { Entry } from '../../kernel/types.ts'
import { holdTyping } from '../../kernel/typing.ts'
import { giveBack } from './draft-keeping.ts'
import { EMPTY, readDraft } from './drafts.ts'
import { replying } from './replying.ts'

const QUOTED = 4

/** Leads to where one answers an entry: its thread, or below it in a conversation without threads, where it is quoted. */
export function answer(entry: Entry, open?: (id: string) => void) {
  const root = entry.root ?? entry.id
  const isHere = !open && !document.querySelector(`[data-composer="${root}"]`)
  const place = isHere ? `space/${entry.space}` : root
  holdTyping()
  if (isHere && entry.body && !readDraft(place).body) giveBack(place, { ...EMPTY, body: `${quoted(entry.body)}\n\n` }, '')
  else replying.set(place)
  open?.(root)
}

function quoted(body: string) {
  const lines = body.split('\n')
  return [...lines.slice(0, QUOTED), ...(lines.length > QUOTED ? ['…'] : [])].map((line) => `> ${line}`).join('\n')
}

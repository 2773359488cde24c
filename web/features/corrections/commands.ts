import type { What } from '../../../server/features/corrections/policy.ts'
import { perform } from '../../core/entries/outbox.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

type Correctable = Pick<Entry, 'id' | 'space'>

/** It waits for a connection where there is none, as all that is sent. */
function carryOut({ id, space }: Correctable, what: What, path: string, body: object | null) {
  perform(space, { entry: id, path: `/entries/${id}/${path}`, body, adds: what === 'correction', type: 'entry.corrected', data: { what } })
  if (!navigator.onLine) notify(i18n.t('corrections:waits'))
}

export type Correcting = { wrong: string; right: string; title?: string; body?: string }
export const correct = (entry: Correctable, correcting: Correcting) => carryOut(entry, 'correction', 'corrections', correcting)
export const retract = (entry: Correctable, reason: string) => carryOut(entry, 'retraction', 'retraction', { reason })
export const reinstate = (entry: Correctable) => carryOut(entry, 'reinstatement', 'retraction', null)

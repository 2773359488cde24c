import type { What } from '../../../server/features/corrections/policy.ts'
import { perform, performNow } from '../../core/entries/outbox.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

type Correctable = Pick<Entry, 'id' | 'space'>

const deedOf = ({ id }: Correctable, what: What, path: string, body: object | null) =>
  ({ entry: id, path: `/entries/${id}/${path}`, body, adds: what === 'correction', type: 'entry.corrected' as const, data: { what } })

/** It waits for a connection where there is none, as all that is sent. */
const carryOut = async (entry: Correctable, what: What, path: string, body: object) => {
  if (!(await performNow(entry.space, deedOf(entry, what, path, body)))) notify(i18n.t('corrections:waits'))
}

export type Correcting = { wrong: string; right: string; title?: string; body?: string }
/** Says what was wrong, and what is right. @throws what the server has against it */
export const correct = (entry: Correctable, correcting: Correcting) => carryOut(entry, 'correction', 'corrections', correcting)
/** Takes all of it back. @throws what the server has against it */
export const retract = (entry: Correctable, reason: string) => carryOut(entry, 'retraction', 'retraction', { reason })
export const reinstate = (entry: Correctable) => perform(entry.space, deedOf(entry, 'reinstatement', 'retraction', null))

import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Something in an entry was wrong, the whole of it is taken back, or it stands after all. */
export const entryCorrected = defineEvent('entry.corrected', z.object({ what: z.enum(['correction', 'retraction', 'reinstatement']) }))

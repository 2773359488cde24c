import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** An emoji of this network came, went, or has other names; which there are is asked for again. */
export const emojiChanged = defineEvent('emoji.changed', z.object({}), { kept: 'days', toAll: true })

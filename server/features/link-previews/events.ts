import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** Whether links are looked up at all in this network is different now; nobody is told, but what was composed before is. */
export const previewsSwitched = defineEvent('links.switched', z.object({ on: z.boolean() }), { kept: 'days' })
/** The pictures and titles below an entry's links are others now: they came, or its author took one away. */
export const linksPreviewed = defineEvent('links.previewed', z.object({}), { kept: 'days' })

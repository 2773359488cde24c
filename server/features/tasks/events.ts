import { z } from 'zod'
import { defineEvent } from '../../kernel/events.ts'

/** How far a task is, whose it is, by when, or what it waits for is different now. */
export const taskChanged = defineEvent('task.changed', z.object({}))

/** It is due soon, or has been due. */
export const taskReminded = defineEvent('task.reminded', z.object({}), { kept: 'days' })

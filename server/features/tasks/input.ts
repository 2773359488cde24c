import { z } from 'zod'
import { line } from '../../kernel/names.ts'
import { PRIORITIES, STATES } from './policy.ts'

const Id = z.uuid().toLowerCase()
/** A day, or a moment. */
const Due = z.union([z.iso.date(), z.iso.datetime({ offset: true })])
const YEAR = 366 * 24 * 60
// More than a task takes is refused with a code of its own; these bounds only keep requests small.
const Ids = z.array(Id).max(200)
const Items = z.array(z.object({ id: z.string().regex(/^\d{1,9}$/, { message: 'is that of a point that is there' }).optional(), text: line(200).min(1, { message: 'is needed' }), done: z.boolean().default(false) })).max(200)

/**
 * `due`: a day, in the time zone of whoever gives it, or a moment · `estimate`: minutes · `subtask_of`: the task of the same space that it
 * is a part of · `blocked_by`: tasks of the same space that have to be done before · `from`: what was said in the same space that it comes from ·
 * `repeats`: a rule such as FREQ=WEEKLY (RFC 5545), by which it is due again once it is done
 */
export const TaskInput = z.object({
  assignees: Ids.default([]), due: Due.nullish(), priority: z.enum(PRIORITIES).default('normal'), estimate: z.number().int().min(1).max(YEAR).nullish(),
  checklist: Items.default([]), subtask_of: Id.nullish(), blocked_by: Ids.default([]), from: Id.optional(),
  repeats: z.string().trim().max(200).nullish(),
})
export type TaskInput = z.output<typeof TaskInput>

/**
 * What is to be different; what is not named stays. `since`: that of the task as one saw it, so that two who end one time of what repeats do not end two · `reason`: why, in the thread, beside the step · `checklist`: all of its points, of which
 * those with an `id` are the ones that were there; `tick`: one of them alone, so that two people at once do not undo each other.
 */
export const TaskChange = z.object({
  state: z.enum(STATES), since: z.iso.datetime({ offset: true }), reason: z.string().trim().max(2000), assignees: Ids, due: Due.nullable(), priority: z.enum(PRIORITIES),
  estimate: z.number().int().min(1).max(YEAR).nullable(), checklist: Items, tick: z.object({ id: z.string().max(12), done: z.boolean() }),
  subtask_of: Id.nullable(), blocked_by: Ids, repeats: z.string().trim().max(200).nullable(),
}).partial()
export type TaskChange = z.output<typeof TaskChange>

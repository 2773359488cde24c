import type * as pollFacts from '../../../server/features/polls/events.ts'
import { defineView } from '../../core/entries/apply-event.ts'
import type { Facts } from '../../core/entries/apply-to-entry.ts'
import { STALE } from '../../core/entries/outdated.ts'

declare module '../../kernel/types.ts' { interface Facts { polls: typeof pollFacts } }

const AT_WORK = new Set(['membership.joined', 'membership.left', 'space.archived', 'space.changed'])

/** Under `['poll', id]`: what the reader has to do with it. Others' votes change nothing about that. */
defineView('poll', ([, id], data: object, { event: { type, entry, actor }, me }: Facts) =>
  (AT_WORK.has(type) || (entry?.id === id && (type !== 'poll.voted' || actor === me) && type !== 'poll.moved') ? STALE : data))

/** Under `['votes', id]`: who chose what. */
defineView('votes', ([, id], data: object, { event: { type, entry } }: Facts) => (entry?.id === id || type === 'person.changed' ? STALE : data))

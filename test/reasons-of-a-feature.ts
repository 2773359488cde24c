import { sql } from 'kysely'
import { entryPublished } from '../server/core/entries/events.ts'
import { defineReason } from '../server/core/entries/reasons.ts'
import { reactionAdded } from '../server/features/reactions/events.ts'

// A feature as it may come: each line is all that the inbox needs of it. To be imported before the product is.
defineReason('cheered', { on: [reactionAdded], people: (entries) => sql`select id as entry_id, author_id as person_id from entries where id = any (${entries})` })

/** One that means a whole audience. */
defineReason('headline', {
  on: [entryPublished],
  people: (entries) => sql`select e.id as entry_id, m.person_id from entries e join memberships m on m.space_id = e.space_id where e.title = 'Headline' and e.id = any (${entries})`,
})

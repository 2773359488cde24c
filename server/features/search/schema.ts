import { sql } from 'kysely'
import { z } from 'zod'
import { entryWith } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import { pageOf } from '../../kernel/pages.ts'
import type { Step } from '../../kernel/schema.ts'

export interface SearchTables {
  entry_search: {
    entry_id: string; space_id: string
    /** title and words, folded: what is searched */
    text: string
    /** the words as they are shown; null when the body is just that */
    plain: string | null
    pairs: string
  }
}

// GIN indexes put changes on a list first, which every search reads from end to end. Whoever writes here clears it at the
// end of each batch (see commands.ts): that costs a third of going without the list.
export const migrations: Record<string, Step> = {
  '0020-search': {
    up: (db) => sql`
      create table entry_search (
        entry_id uuid primary key references entries on delete cascade,
        space_id uuid not null, text text not null, plain text, pairs tsvector not null
      );
      create index entry_search_text on entry_search using gin (text gin_trgm_ops);
      create index entry_search_pairs on entry_search using gin (pairs)`.execute(db),
  },
}

const Marks = z.array(z.tuple([z.number(), z.number()]))

/** A found entry: with its space, the words around what was found, and where to mark these words and the title. */
export const Hit = entryWith({ space_card: SpaceCard, excerpt: z.object({ text: z.string(), marks: Marks, title_marks: Marks }) })
export type Hit = z.infer<typeof Hit>
export const Hits = pageOf(Hit).extend({ total: z.number() })
/** Somebody who answered others in `count` conversations about what was asked, with the answers others thought most of. */
export const Expert = z.object({ person: PersonCard, count: z.number(), answers: z.array(z.object({ id: z.uuid(), created_at: z.string(), text: z.string() })) })
export type Expert = z.infer<typeof Expert>
export const Experts = pageOf(Expert)
export const Suggestions = z.object({ people: z.array(PersonCard), spaces: z.array(SpaceCard), topics: z.array(z.string()) })

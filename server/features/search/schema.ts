import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { entryWith } from '../../core/entries/schema.ts'
import { PersonCard } from '../../core/people/schema.ts'
import { SpaceCard } from '../../core/spaces/schema.ts'
import { pageOf } from '../../kernel/pages.ts'
import { indexOnline, type Step } from '../../kernel/schema.ts'
import { NAMED } from './grammar.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    entry_search: {
      entry_id: string; space_id: string
      /** title and words, folded: what is searched */
      text: string
      /** the words as they are shown; null when the body is just that */
      plain: string | null
      pairs: string
      /** whether its words are among the search_words; not those of before there were any */
      worded: Generated<boolean>
    }
    /** the words of each space, and in how many entries each occurs: what a typing error may have been meant for */
    search_words: { space_id: string; word: string; entries: number }
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
  // Counts change in place. What stands in the index of before was folded in another way; a network that has one makes it anew.
  '0343-search-words': {
    up: (db) => sql`
      alter table entry_search add column worded boolean not null default false;
      create table search_words (
        space_id uuid not null references spaces on delete cascade, word text not null, entries int not null,
        primary key (space_id, word)
      ) with (fillfactor = 80);
      do $do$ begin
        if to_regproc('graphile_worker.add_job') is not null then perform graphile_worker.add_job('index-anew', '{}'::json, max_attempts => 5); end if;
      end $do$`.execute(db),
  },
  '0344-words-alike': indexOnline('search_words_alike', sql`search_words using gin (word gin_trgm_ops)`),
}

const Marks = z.array(z.tuple([z.number(), z.number()]))

/** A found entry: with its space, the words around what was found, and where to mark these words and the title. */
export const Hit = entryWith({ space_card: SpaceCard, excerpt: z.object({ text: z.string(), marks: Marks, title_marks: Marks }) })
export type Hit = z.infer<typeof Hit>
/** What a name in the query was taken for: `count` people or spaces, none where nothing the reader may know is called so. */
export const Meaning = z.object({
  by: z.enum(NAMED), name: z.string(), not: z.boolean(), count: z.number(),
  people: z.array(PersonCard), spaces: z.array(z.object({ id: z.uuid(), name: z.string() })),
})
export const Hits = pageOf(Hit).extend({
  total: z.number(), named: z.array(Meaning),
  /** modifiers that were left out, because what stands after the colon is nothing they know */
  unknown: z.array(z.string()),
  /** the query for which something was found, with typing errors mended; null where it is the one that was asked */
  instead: z.string().nullable(),
})
/** Somebody who answered others in `count` conversations about what was asked, with the answers others thought most of. */
export const Expert = z.object({ person: PersonCard, count: z.number(), answers: z.array(z.object({ id: z.uuid(), created_at: z.string(), text: z.string() })) })
export type Expert = z.infer<typeof Expert>
export const Experts = pageOf(Expert)
export const Suggestions = z.object({ people: z.array(PersonCard), spaces: z.array(SpaceCard), topics: z.array(z.string()) })

import { type Generated, type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { defineWordsBeside } from '../../core/entries/beside.ts'
import { onForget } from '../../core/entries/forget.ts'
import { defineMet, metBy } from '../../core/entries/met.ts'
import { defineEntryPart, type Viewer } from '../../core/entries/parts.ts'
import { defineReason } from '../../core/entries/reasons.ts'
import { MAX_BODY } from '../../core/entries/schema.ts'
import { mayMeet } from '../../core/spaces/visibility.ts'
import { line } from '../../kernel/names.ts'
import { isoOf } from '../../kernel/rows.ts'
import type { Step } from '../../kernel/schema.ts'
import { entryCorrected } from './events.ts'
import { MOST_SHOWN, MOST_WORDS, type What } from './policy.ts'
import { metUnseen } from './readings.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /** `version`: that of the entry's history which has the words of before, where these were changed with it */
    corrections: { entry_id: string; n: number; what: What; by_id: string; at: Generated<string>; wrong: string; correct: string; version: number | null }
    /** who had which entry before their eyes where no position says so, in a form from which neither can be told; in no log of the database, and in no backup */
    readings: { mark: Buffer; on_day: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0440-corrections': {
    up: (db) => sql`
      create table corrections (
        entry_id uuid not null references entries on delete cascade, n int not null check (n > 0),
        what text not null check (what in ('correction', 'retraction', 'reinstatement')),
        by_id uuid not null references people on delete cascade, at timestamptz not null default now(), wrong text not null, correct text not null, version int,
        primary key (entry_id, n)
      );
      create unlogged table readings (mark bytea primary key, on_day date not null default current_date);
      create index readings_day on readings (on_day);
      insert into secrets values ('readings', gen_random_uuid()::text || gen_random_uuid()::text)`.execute(db),
  },
}

const Words = z.string().trim().max(MOST_WORDS, { message: `takes at most ${MOST_WORDS} characters` })
const Said = Words.min(1, { message: 'is needed' })
/** `body` and `title`: how it reads now, for its author; without them the words stay, and what is right stands with them. */
export const CorrectionInput = z.object({ wrong: Said, right: Said, title: line(200).optional(), body: z.string().max(MAX_BODY).optional() })
export const RetractionInput = z.object({ reason: Said })

/** One step: what was wrong and what is right; of a retraction `wrong` is empty and `right` the reason. `by` is null where its reader may not know of them. */
export const Correction = z.object({
  n: z.number(), what: z.enum(['correction', 'retraction', 'reinstatement']), at: z.string(), by: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  wrong: z.string(), right: z.string(), version: z.number().nullable(),
})
export type Correction = z.infer<typeof Correction>
/** That an entry was corrected: how often, whether it is taken back, and the last of it, the newest first. */
const Corrected = z.object({ count: z.number(), retracted: z.boolean(), last: z.array(Correction) }).nullable()
export type Corrected = NonNullable<z.infer<typeof Corrected>>
declare module '../../core/entries/parts.ts' { interface EntryParts { corrected: z.infer<typeof Corrected> } }

/** A row of `corrections`, `c` in the query, as its reader sees it. @param space a column with the space of its entry */
export const shownOf = (viewer: Pick<Viewer, 'role'>, space: string): RawBuilder<unknown> => sql`json_build_object('n', c.n, 'what', c.what,
  'at', ${isoOf('c.at')}, 'by', case when ${mayMeet(viewer, 'c.by_id', space)}
    then (select json_build_object('id', p.id, 'name', p.name) from people p where p.id = c.by_id) end, 'wrong', c.wrong, 'right', c.correct, 'version', c.version)`

defineEntryPart({
  name: 'corrected', shape: Corrected, none: sql`null::json`, isStanding: true,
  onlyIf: (entry) => sql`exists (select from corrections where entry_id = ${sql.ref(`${entry}.id`)})`,
  column: (viewer, entry) => sql`(select json_build_object('count', max(c.n), 'retracted', (array_agg(c.what order by c.n desc))[1] = 'retraction',
      'last', json_agg(${shownOf(viewer, `${entry}.space_id`)} order by c.n desc))
    from (select * from corrections where entry_id = ${sql.ref(`${entry}.id`)} order by n desc limit ${sql.lit(MOST_SHOWN)}) c)`,
})

// Who looks for what is right finds where it was wrong.
defineWordsBeside('corrections', (entry) => sql`(select string_agg(c.correct, chr(10) order by c.n) from corrections c where c.entry_id = ${sql.ref(`${entry}.id`)} and c.what = 'correction')`)

// Whoever has met what was said is told what of it was wrong, and the author of what others say of it.
defineMet('reading', metUnseen, { isElsewhere: false })
defineReason('corrected', {
  on: [entryCorrected], anew: true,
  people: (entries) => {
    const wrong = sql`array(select k.entry_id from corrections k where k.entry_id = any (${entries}))`
    return sql`${metBy(wrong)} union select id, author_id
      -- not content: only whose it is
      from entries where id = any (${wrong})`
  },
})
onForget((ctx, entries) => ctx.db.deleteFrom('corrections').where('entry_id', 'in', entries).execute())

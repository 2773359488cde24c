import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { onForget } from '../../core/entries/forget.ts'
import { onWrite } from '../../core/entries/hooks.ts'
import { defineShown } from '../../core/entries/met.ts'
import { defineEntryPart } from '../../core/entries/parts.ts'
import type { Step } from '../../kernel/schema.ts'
import { forgetLinks, noteQuotes } from './commands.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    /**
     * What an address has to show, for the entries of a space that lead there; no title: nothing that could be shown. Each space looks for
     * itself: whoever links an address elsewhere must not see, by what is there at once or since when, that others did where they cannot read.
     */
    link_previews: {
      id: string; space_id: string; url: string; title: string | null; description: Generated<string>; site: Generated<string>
      /** a name that nobody can guess, another one with each picture */
      picture_id: string | null; picture: Buffer | null; width: number | null; height: number | null
      found_at: string | null; tried_at: string | null
    }
    entry_links: { entry_id: string; preview_id: string; position: number; hidden: Generated<boolean> }
    spaces_without_previews: { space_id: string }
    /** which entries lead to which others of our own: only that, and not what is shown of them */
    entry_quotes: { entry_id: string; of_id: string }
  }
}

export const migrations: Record<string, Step> = {
  '0360-link-previews': {
    up: (db) => sql`
      alter table network add link_previews boolean not null default true;
      create table link_previews (
        id uuid primary key, space_id uuid not null references spaces on delete cascade, url text not null, title text, description text not null default '', site text not null default '',
        picture_id uuid, picture bytea, width int, height int, found_at timestamptz, tried_at timestamptz,
        check ((picture_id is null) = (picture is null)), check ((picture is null) = (width is null)), check ((width is null) = (height is null))
      );
      -- an address may be longer than an index takes; where text becomes bytes, a backslash would begin a number
      create unique index link_previews_url on link_previews (space_id, sha256(replace(url, '\\', '\\\\')::bytea));
      create table entry_links (
        entry_id uuid not null references entries on delete cascade,
        preview_id uuid not null references link_previews on delete cascade,
        position int not null, hidden boolean not null default false, primary key (entry_id, preview_id)
      );
      create index entry_links_preview on entry_links (preview_id);
      create table spaces_without_previews (space_id uuid primary key references spaces on delete cascade)`.execute(db),
  },
  '0441-entry-quotes': {
    up: (db) => sql`
      create table entry_quotes (
        entry_id uuid not null references entries on delete cascade, of_id uuid not null references entries on delete cascade, primary key (entry_id, of_id)
      );
      create index entry_quotes_of on entry_quotes (of_id);
      -- not content: which of them lead to which
      insert into entry_quotes select distinct e.id, o.id from entries e
        cross join lateral regexp_matches(e.body, '(?:/e/|[?&]thread=)([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'gi') m
        -- not content: which are there
        join entries o on o.id = m[1]::uuid and o.id <> e.id where e.body ~* '(/e/|[?&]thread=)[0-9a-f]{8}-'`.execute(db),
  },
}

const Preview = z.object({
  id: z.uuid(), url: z.string(), title: z.string(), description: z.string(), site: z.string(),
  picture: z.object({ url: z.string(), width: z.number(), height: z.number() }).nullable(),
})
declare module '../../core/entries/parts.ts' { interface EntryParts { previews: z.infer<typeof Preview>[] } }

export const SpacePreviews = z.object({
  /** whether links of this space are looked up */
  on: z.boolean(),
  /** whether the network allows that at all */
  allowed: z.boolean(),
})
export const SpacePreviewsInput = SpacePreviews.pick({ on: true })

// What all readers see alike. A link to an entry of our own has none here: who may read that differs (own-links.ts).
defineEntryPart({
  name: 'previews', shape: z.array(Preview),
  onlyIf: (entry) => sql`${sql.ref(`${entry}.body`)} ~* 'https?:|www[.]'`,
  column: (_, entry) => sql`(select coalesce(json_agg(json_build_object('id', p.id, 'url', p.url, 'title', p.title, 'description', p.description, 'site', p.site,
      'picture', case when p.picture_id is not null then json_build_object('url', '/api/v1/entries/' || l.entry_id || '/link-pictures/' || p.picture_id,
        'width', p.width, 'height', p.height) end) order by l.position), '[]')
    from entry_links l join link_previews p on p.id = l.preview_id
    where l.entry_id = ${sql.ref(`${entry}.id`)} and not l.hidden and p.title is not null and (select link_previews from network))`,
})
onForget(forgetLinks)
onWrite(noteQuotes)
// A quote and a share are a link to an entry, of which its readers are shown a card.
defineShown('link', (entries) => sql`select q.entry_id, q.of_id from entry_quotes q
  -- not content: whether what leads there is there itself
  join entries l on l.id = q.entry_id and l.state = 'published' where q.of_id = any (${entries})`)

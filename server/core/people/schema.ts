import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { type Role, type Scope, SCOPES } from '../../kernel/context.ts'
import { type Language, languages } from '../../kernel/language.ts'
import { line, lines } from '../../kernel/names.ts'
import { indexOnline, type Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    network: {
      singleton: Generated<boolean>; id: string; name: string; created_at: Generated<string>; colour: Generated<string>; language: Generated<Language | null>
      default_spaces: Generated<string[]>; members_invite: Generated<boolean>; address: Generated<string | null>
      mail_tried_at: Generated<string | null>; first_steps_dismissed: Generated<boolean>; presence: Generated<boolean>
      /** links that people write are looked up on other machines */
      link_previews: Generated<boolean>
      members_add_emoji: Generated<boolean>
    }
    /** the picture that stands for the network, where it is light and where it is dark */
    network_logos: { shade: 'light' | 'dark'; id: string; picture: Buffer; width: number; height: number }
    people: {
      id: string; kind: Generated<'person' | 'bot'>; handle: string; name: string; email: string | null; role: Role
      state: Generated<'active' | 'imported' | 'deactivated'>
      pronouns: Generated<string>; title: Generated<string>; department: Generated<string>; time_zone: Generated<string>; about: Generated<string>
      photo: string | null; password_hash: string | null; created_at: Generated<string>
      /** has the words that somebody is said to have written, until they say so themselves; nobody, and never to take part */
      stands_for: Generated<string | null>
      /** in which they are written to; null: as long as nothing is known, that of the request which has a letter written */
      language: Generated<Language | null>
      /** what one lets others see of oneself: that one is here, and that one is writing */
      shows_presence: Generated<boolean>; shows_writing: Generated<boolean>
    }
    /** when somebody was last here; forgotten within minutes, and never written to the log of the database */
    presences: { person_id: string; at: Generated<string> }
    sessions: {
      id: string; token_hash: Buffer; person_id: string; user_agent: string
      created_at: Generated<string>; last_used_at: Generated<string>; expires_at: string
      /** when the person last showed that it is they, by password or passkey */
      proven_at: string | null
      /** the session of the administrator who looks as this person of the sample company; it holds as long as that one does */
      looked_from: Generated<string | null>
    }
    api_tokens: {
      id: string; token_hash: Buffer; person_id: string; name: string
      created_at: Generated<string>; last_used_at: string | null; expires_at: string | null; scopes: Scope[]
    }
    /** browsers that people signed in with */
    devices: { id: string; secret_hash: Buffer; person_id: string; last_used_at: Generated<string> }
    /** wrong tries at a person's password, by where they came from; `*` counts them all */
    guesses: { about: string; source: string; tries: number; last_at: Generated<string>; open_at: string }
    /** addresses that people asked for; `open` is the one that can still be confirmed */
    email_changes: { token_hash: Buffer; person_id: string; email: string; open: Generated<boolean>; created_at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0002-people': {
    up: (db) => sql`
      create table network (
        singleton boolean primary key default true check (singleton),
        id uuid not null, name text not null, created_at timestamptz not null default now()
      );
      create table people (
        id uuid primary key,
        kind text not null default 'person' check (kind in ('person', 'bot')),
        handle text not null check (handle ~ '^[a-z0-9][a-z0-9._-]{0,38}$'),
        name text not null check (name <> ''),
        email text,
        role text not null check (role in ('owner', 'admin', 'member', 'guest')),
        state text not null default 'active' check (state in ('active', 'imported', 'deactivated')),
        pronouns text not null default '', title text not null default '', time_zone text not null default '',
        about text not null default '', photo uuid, password_hash text,
        created_at timestamptz not null default now()
      );
      create unique index people_handle on people (handle);
      create unique index people_email on people (lower(email));
      create index people_guests on people (id) where role = 'guest';
      create index people_by_name on people (lower(name), id);
      create index people_search on people using gin ((lower(name || ' ' || handle || ' ' || title)) gin_trgm_ops);
      create table sessions (
        id uuid primary key, token_hash bytea not null unique,
        person_id uuid not null references people on delete cascade, user_agent text not null,
        created_at timestamptz not null default now(), last_used_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sessions_person on sessions (person_id);
      create table api_tokens (
        id uuid primary key, token_hash bytea not null unique,
        person_id uuid not null references people on delete cascade, name text not null,
        created_at timestamptz not null default now(), last_used_at timestamptz, expires_at timestamptz
      );
      create index api_tokens_person on api_tokens (person_id)`.execute(db),
  },
  '0026-email-changes': {
    up: (db) => sql`
      create table email_changes (
        token_hash bytea primary key, person_id uuid not null references people on delete cascade, email text not null,
        open boolean not null default true, created_at timestamptz not null default now()
      );
      create unique index email_changes_open on email_changes (person_id) where open;
      create index email_changes_person on email_changes (person_id, created_at);
      create index email_changes_age on email_changes (created_at)`.execute(db),
  },
  '0034-departments': { up: (db) => sql`alter table people add column department text not null default ''`.execute(db) },
  // Tokens of before may do what they could.
  '0140-doors': {
    up: (db) => sql`
      alter table api_tokens add column scopes text[] not null default '{read,write,admin}';
      alter table api_tokens alter column scopes drop default;
      alter table sessions add column proven_at timestamptz;
      create table devices (
        id uuid primary key, secret_hash bytea not null, person_id uuid not null references people on delete cascade,
        last_used_at timestamptz not null default now(), unique (person_id, secret_hash)
      );
      create table guesses (
        about text not null, source text not null, tries int not null, last_at timestamptz not null default now(),
        open_at timestamptz not null, primary key (about, source)
      );
      create index guesses_age on guesses (last_at)`.execute(db),
  },
  // How names are compared: `zoe` finds Zoë, `lodz` finds Łódź. Text in scripts without accents stays what it is.
  '0340-names-folded': {
    up: (db) => sql`
      create function folded(text) returns text language sql immutable strict parallel safe as $$
        select translate(replace(replace(replace(replace(regexp_replace(normalize(lower(normalize($1, nfkc)), nfd), '[\\u0300-\\u036f]', '', 'g'),
          'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øıłđðħŧ’‘', 'oilddht''''') $$`.execute(db),
  },
  '0341-people-by-names': indexOnline('people_by_names', sql`people using gin ((folded(name || ' ' || handle || ' ' || title)) gin_trgm_ops)`),
  '0342-people-search-gone': { online: true, up: (db) => sql`drop index concurrently if exists people_search`.execute(db) },
  '0381-presence': {
    up: (db) => sql`
      create unlogged table presences (person_id uuid primary key references people on delete cascade, at timestamptz not null default now());
      alter table people add shows_presence boolean not null default true, add shows_writing boolean not null default true;
      alter table network add presence boolean not null default false`.execute(db),
  },
  '0392-looks': {
    up: (db) => sql`
      alter table sessions add column looked_from uuid;
      create index sessions_looked_from on sessions (looked_from) where looked_from is not null`.execute(db),
  },
  '0391-network-logos': {
    up: (db) => sql`create table network_logos (
      shade text primary key check (shade in ('light', 'dark')), id uuid not null unique, picture bytea not null, width int not null, height int not null
    )`.execute(db),
  },
  '0210-people-language': { up: (db) => sql`alter table people add column language text`.execute(db) },
}

export type Logo = Partial<Record<'light' | 'dark', { url: string; width: number; height: number }>>

/** What a token may be made for. */
export const Scopes = z.array(z.enum(SCOPES)).min(1).max(SCOPES.length).transform((list) => SCOPES.filter((scope) => list.includes(scope)))

export const Handle = z.string().trim().toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{0,38}$/, { message: 'takes 1 to 39 letters a–z, digits, dots, hyphens and underscores' })
export const Name = line(100).min(1, { message: 'is needed' })
export const Email = z.string().trim().max(254).pipe(z.email({ message: 'is not an e-mail address' }))
/** 8 characters at least (NIST SP 800-63B); 1,024 bytes at most, so that hashing is never fed without bound. */
export const Password = z.string().min(8, { message: 'needs at least 8 characters' })
  .refine((text) => Buffer.byteLength(text) <= 1024, { message: 'is longer than 1,024 bytes' })

/**
 * A time zone by a name of the IANA list. Offsets such as +02:00 are refused though Node takes them: not every browser does, and
 * PostgreSQL reads them the other way round.
 */
export const isTimeZone = (name: string) => {
  try {
    return /^[a-z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}

/** What a browser says of its own time zone; one that is unknown here keeps nobody out. */
export const BrowserZone = z.string().max(100).transform((zone) => (zone.length <= 60 && isTimeZone(zone) ? zone : ''))

export const PersonInput = z.object({
  name: Name, handle: Handle, email: Email.optional(), role: z.enum(['owner', 'admin', 'member', 'guest']).default('member'),
  kind: z.enum(['person', 'bot']).default('person'),
  /** true: the answer carries an API token for this person, shown once */
  token: z.boolean().default(false),
  /** what that token may do; to read and to write unless said */
  scopes: Scopes.optional(),
})
export type PersonInput = z.input<typeof PersonInput>

export const ProfileInput = z.object({
  name: Name, handle: Handle, email: Email, pronouns: line(40), title: line(100), department: line(100), about: lines(2000),
  language: z.enum(languages).nullable(), shows_presence: z.boolean(), shows_writing: z.boolean(),
  time_zone: z.string().max(60).refine((zone) => zone === '' || isTimeZone(zone), { message: 'is not a time zone such as Europe/Vienna' }),
}).partial()

export const PersonChange = z.object({ role: z.enum(['owner', 'admin', 'member', 'guest']), state: z.enum(['active', 'deactivated']) }).partial()

export const PersonCard = z.object({
  id: z.uuid(), name: z.string(), handle: z.string(), title: z.string(), photo: z.string().nullable(),
  kind: z.enum(['person', 'bot']), role: z.enum(['owner', 'admin', 'member', 'guest']),
  state: z.enum(['active', 'imported', 'deactivated']),
})
export type PersonCard = z.infer<typeof PersonCard>

export const Person = PersonCard.extend({
  pronouns: z.string(), department: z.string(), time_zone: z.string(), about: z.string(), created_at: z.string(),
  /** the person's profile, a space one can follow */
  space: z.string().nullable(),
  /** to oneself and administrators only */
  email: z.string().nullable().optional(),
  /** in which one gets letters; to oneself only */
  language: z.enum(languages).nullable().optional(),
  shows_presence: z.boolean().optional(), shows_writing: z.boolean().optional(),
})
export type Person = z.infer<typeof Person>

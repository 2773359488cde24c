import { type Generated, type Kysely, type RawBuilder, sql } from 'kysely'

/** The tables of mechanism: the log, its readers' positions, what was done by idempotency key, secrets of the network. */
declare module './db.ts' {
  interface Tables {
    events: {
      id: Generated<number>; seq: number | null; type: string; space_id: string | null; entry_id: string | null
      person_id: string | null; actor_id: string | null; data: string | Record<string, unknown>; quiet: Generated<boolean>
      at: Generated<string>
    }
    effect_cursors: { effect: string; seq: number }
    idempotency: {
      /** digests of the caller's key, and of key and request together */
      person_id: string; key: string; fingerprint: string
      status: number
      /** the id in the answer: the rest of it is read anew */
      about: string | null
      created_at: Generated<string>
    }
    /** what somebody was told of within the last day and is not told of again */
    tellings: { occasion: string; told_at: Generated<string> }
    /** what the processes of one network share and nobody else knows */
    secrets: { name: string; value: string }
  }
}

/**
 * A forward step of the schema; its name sorts it among all others. It is taken in one transaction with the others of an
 * update; `online` ones come after these, outside of any, and must do when they are begun again after being cut off.
 */
export type Step = { up: (db: Kysely<any>) => Promise<unknown>; online?: true }

/**
 * The step that adds an index to a table that may be large, beside whoever writes in it.
 * @param on what comes behind `on` in `create index`
 * @example '0400-entries-kind': indexOnline('entries_kind', sql`entries (kind, id desc)`)
 */
export const indexOnline = (name: string, on: RawBuilder<unknown>, { unique = false } = {}): Step => ({
  online: true,
  up: async (db) => {
    // An index that was not finished stands there and is of no use; a statement by itself, for it stands in no transaction.
    const drop = () => sql`drop index concurrently if exists ${sql.ref(name)}`.execute(db)
    await drop()
    try {
      await sql`create ${sql.raw(unique ? 'unique' : '')} index concurrently ${sql.ref(name)} on ${on}`.execute(db)
    } catch (error) {
      await drop()
      throw error
    }
  },
})

export const migrations: Record<string, Step> = {
  '0001-kernel': {
    up: (db) => sql`
      create extension if not exists pg_trgm;
      create sequence events_seq;
      create table events (
        id bigint generated always as identity primary key,
        seq bigint unique,
        type text not null,
        space_id uuid, entry_id uuid, person_id uuid, actor_id uuid,
        data jsonb not null default '{}',
        quiet boolean not null default false,
        at timestamptz not null default now()
      );
      create index events_unstamped on events (id) where seq is null;
      create index events_live on events (seq) where not quiet;
      create index events_entry on events (entry_id) where entry_id is not null;
      create table effect_cursors (effect text primary key, seq bigint not null);
      create table idempotency (
        person_id uuid not null, key text not null, fingerprint text not null, status int not null, body json,
        created_at timestamptz not null default now(),
        primary key (person_id, key)
      );
      create index idempotency_age on idempotency (created_at)`.execute(db),
  },
  // Answers were kept with the words in them, also of what was removed since.
  '0142-answers-without-words': {
    up: (db) => sql`
      alter table idempotency add column about uuid;
      update idempotency set about = (body->>'id')::uuid where body->>'id' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
      update idempotency set key = encode(sha256(convert_to(key, 'UTF8')), 'base64'), fingerprint = encode(sha256(convert_to(key || ' ' || fingerprint, 'UTF8')), 'base64');
      alter table idempotency drop column body`.execute(db),
  },
  '0143-tellings': { up: (db) => sql`create table tellings (occasion text primary key, told_at timestamptz not null default now())`.execute(db) },
  '0153-cursor-key': {
    up: (db) => sql`
      create table secrets (name text primary key, value text not null);
      insert into secrets values ('cursors', gen_random_uuid()::text || gen_random_uuid()::text)`.execute(db),
  },
  // Each fact leaves a dead row when it gets its number, where the relay looks for the next ones four times a second. What
  // is usual, a fifth of the table, would be millions of them.
  '0230-log-swept': { up: (db) => sql`alter table events set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000)`.execute(db) },
}

import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { line, lines } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'
import { PersonCard } from '../people/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    spaces: {
      id: string; kind: 'community' | 'direct' | 'profile'; visibility: 'open' | 'closed' | 'secret'
      name: string; purpose: Generated<string>; audience: Generated<string>; state: Generated<'active' | 'archived'>
      /** direct conversations: who is in it, sorted; the same people are the same conversation */
      participants: string[] | null; owner_id: string | null; created_by: string | null
      created_at: Generated<string>; member_count: Generated<number>
      /** kept by the tables themselves, see counts.ts */
      guest_count: Generated<number>
    }
    memberships: {
      space_id: string; person_id: string; role: Generated<'host' | 'member'>; read_to: string; created_at: Generated<string>
      /** since when they want to hear nothing of it */
      muted_at: Generated<string | null>
    }
    join_requests: { space_id: string; person_id: string; created_at: Generated<string> }
    /** whom hosts took out: they come back by hosts only */
    space_removals: { space_id: string; person_id: string; removed_by: string; created_at: Generated<string> }
    space_invitations: { space_id: string; person_id: string; invited_by: string; created_at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0003-spaces': {
    up: (db) => sql`
      create table spaces (
        id uuid primary key,
        kind text not null check (kind in ('community', 'direct', 'profile')),
        visibility text not null check (visibility in ('open', 'closed', 'secret')),
        name text not null, purpose text not null default '', audience text not null default '',
        state text not null default 'active' check (state in ('active', 'archived')),
        participants uuid[] unique, owner_id uuid unique references people on delete cascade,
        created_by uuid, created_at timestamptz not null default now(), member_count int not null default 0,
        check ((kind = 'direct') = (participants is not null)),
        check ((kind = 'profile') = (owner_id is not null)),
        check (kind <> 'direct' or visibility = 'secret'),
        check (kind <> 'profile' or visibility = 'open'),
        check (kind <> 'community' or (purpose <> '' and name <> ''))
      );
      create index spaces_directory on spaces (lower(name), id) where kind = 'community';
      create index spaces_open on spaces (id) where visibility = 'open';
      create table memberships (
        space_id uuid not null references spaces on delete cascade,
        person_id uuid not null references people on delete cascade,
        role text not null default 'member' check (role in ('host', 'member')),
        read_to uuid not null, created_at timestamptz not null default now(),
        primary key (person_id, space_id)
      );
      create index memberships_space on memberships (space_id, person_id);
      create table join_requests (
        space_id uuid not null references spaces on delete cascade, person_id uuid not null references people on delete cascade,
        created_at timestamptz not null default now(), primary key (space_id, person_id)
      );
      create table space_invitations (
        space_id uuid not null references spaces on delete cascade, person_id uuid not null references people on delete cascade,
        invited_by uuid not null, created_at timestamptz not null default now(), primary key (space_id, person_id)
      );
      create index space_invitations_person on space_invitations (person_id);

      -- Direct conversations are sealed: what they are and who is in them never changes.
      create function seal_direct_space() returns trigger language plpgsql as $$
      begin
        if old.kind <> new.kind or (old.kind = 'direct' and (old.visibility, old.participants) is distinct from (new.visibility, new.participants))
        then raise exception 'a direct conversation is sealed'; end if;
        return new;
      end $$;
      create trigger seal before update on spaces for each row execute function seal_direct_space();
      create function seal_direct_members() returns trigger language plpgsql as $$
      begin
        if tg_op = 'INSERT' then
          if exists (select 1 from spaces s where s.id = new.space_id and s.kind = 'direct' and not new.person_id = any (s.participants))
          then raise exception 'a direct conversation is sealed'; end if;
          return new;
        end if;
        if tg_op = 'UPDATE' then
          if exists (select 1 from spaces s where s.id in (old.space_id, new.space_id) and s.kind = 'direct')
          then raise exception 'a direct conversation is sealed'; end if;
          return new;
        end if;
        -- A space or person that is deleted altogether takes its memberships along.
        if pg_trigger_depth() > 1 then return old; end if;
        if exists (select 1 from spaces s where s.id = old.space_id and s.kind = 'direct')
        then raise exception 'a direct conversation is sealed'; end if;
        return old;
      end $$;
      create trigger seal before insert or delete or update of space_id, person_id on memberships for each row execute function seal_direct_members()`.execute(db),
  },
  '0131-removals-hold': {
    up: (db) => sql`
      create table space_removals (
        space_id uuid not null references spaces on delete cascade, person_id uuid not null references people on delete cascade,
        removed_by uuid not null, created_at timestamptz not null default now(), primary key (space_id, person_id)
      )`.execute(db),
  },
  '0390-muted-spaces': { up: (db) => sql`alter table memberships add column muted_at timestamptz`.execute(db) },
}

export const Visibility = z.enum(['open', 'closed', 'secret'])

/** How many are invited in one go. */
const MOST_INVITED = 100

export const SpaceInput = z.object({
  name: line(80).min(1, { message: 'is needed' }),
  purpose: lines(500).min(1, { message: 'is needed: say in a sentence what the space is for' }),
  visibility: Visibility.default('open'),
  /** for whom it is, in the founder's words */
  audience_note: line(200).default(''),
  /** who is invited at once */
  people: z.array(z.uuid().toLowerCase()).max(MOST_INVITED).default([]),
})
export type SpaceInput = z.input<typeof SpaceInput>
export const InviteInput = z.object({ person: z.uuid().toLowerCase().optional(), people: z.array(z.uuid().toLowerCase()).max(MOST_INVITED).default([]) })
  .refine(({ person, people }) => person || people.length, { message: 'name `person` or `people`' })
export const CharterInput = SpaceInput.omit({ people: true }).partial().extend({ visibility: Visibility.optional(), audience_note: line(200).optional() })
export const RoleInput = z.object({ role: z.enum(['host', 'member']).default('member') })

/** Who can read something: how wide (the colour), how many people (the number), how many of them an import brought who have not come yet, and in a conversation who. */
export const Audience = z.object({
  scope: z.enum(['me', 'few', 'space', 'organisation', 'partners', 'public']),
  count: z.number(), not_joined: z.number(), names: z.array(z.string()), network: z.string(),
})
export type Audience = z.infer<typeof Audience>

export const SpaceView = z.object({
  id: z.uuid(), kind: z.enum(['community', 'direct', 'profile']), visibility: Visibility, name: z.string(), purpose: z.string(),
  audience_note: z.string(), state: z.enum(['active', 'archived']),
  /** 0 for those who may not read it */
  member_count: z.number(),
  created_at: z.string(), created_by: z.string().nullable(), last_activity_at: z.string(),
  audience: Audience, people: z.array(PersonCard),
  my: z.object({
    role: z.enum(['host', 'member']).nullable(), requested: z.boolean(), invited: z.boolean(),
    /** how many ask to be let in, for who may manage it */
    asking: z.number(),
    /** how many are invited and have not answered, for who may manage it */
    inviting: z.number(),
    may_read: z.boolean(), may_post: z.boolean(), may_manage: z.boolean(), unread: z.number(), read_to: z.string().nullable(),
  }),
})
export type SpaceView = z.infer<typeof SpaceView>

/** The few facts of a space that stand beside an entry. */
export const SpaceCard = SpaceView.pick({ id: true, name: true, kind: true, visibility: true, audience: true })
export type SpaceCard = z.infer<typeof SpaceCard>

import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { BrowserZone, Email, Handle, Name, Password, PersonCard } from '../../core/people/schema.ts'
import { onEndEverything } from '../../core/people/ending.ts'
import type { Step } from '../../kernel/schema.ts'
import { withdrawOpen } from './ending.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    invitations: {
      id: string; token_hash: Buffer; invited_by: string; role: 'admin' | 'member' | 'guest'
      /** how often it can be used; null: as often as one likes */
      uses: number | null
      used: Generated<number>
      /** whom it was mailed to; whoever accepts it has this address */
      email: string | null
      /** the imported person who accepts it */
      claims: string | null
      expires_at: string | null; created_at: Generated<string>
    }
    invitation_spaces: { invitation_id: string; space_id: string }
  }
}

export const migrations: Record<string, Step> = {
  '0021-invitations': {
    up: (db) => sql`
      create table invitations (
        id uuid primary key, token_hash bytea not null unique, invited_by uuid not null references people on delete cascade,
        role text not null check (role in ('admin', 'member', 'guest')),
        uses int check (uses > 0), used int not null default 0 check (uses is null or used < uses),
        email text, claims uuid references people on delete cascade, expires_at timestamptz,
        created_at timestamptz not null default now(),
        check (email is null or uses = 1), check (claims is null or email is not null)
      );
      create index invitations_inviter on invitations (invited_by, id);
      create table invitation_spaces (
        invitation_id uuid not null references invitations on delete cascade,
        space_id uuid not null references spaces on delete cascade,
        primary key (invitation_id, space_id)
      )`.execute(db),
  },
}

const Role = z.enum(['admin', 'member', 'guest'])
const fortnight = () => new Date(Date.now() + 14 * 86_400_000).toISOString()

export const InvitationInput = z.object({
  /** member unless said; for an imported person, what they were imported as */
  role: Role.optional(),
  /** null: as often as one likes */
  uses: z.number().int().min(1).max(10_000).nullable().default(1),
  /** null: for ever; a fortnight unless said */
  expires_at: z.iso.datetime({ offset: true })
    .refine((at) => Date.parse(at) > Date.now(), { message: 'is in the past' }).nullable().default(fortnight),
  /** spaces the new person is in at once */
  spaces: z.array(z.uuid()).max(30).default([]),
  /** sends the invitation there; it works once, and for this address */
  email: Email.optional(),
})

/** Everybody on a list, each by a letter; what an address should be and is not is answered in its line. */
export const ManyInput = InvitationInput.pick({ role: true, expires_at: true, spaces: true }).extend({ emails: z.array(z.string().trim().min(1).max(320)).min(1).max(100) })
export const ManyResult = z.object({
  email: z.string(), state: z.enum(['invited', 'here_already', 'twice', 'not_an_address', 'too_many_letters']),
  /** as in the answer to one invitation */
  url: z.string().nullable(),
})
export type ManyResult = z.infer<typeof ManyResult>

/** What somebody says of themselves when they accept; an imported person may keep the name and handle they have. */
export const AcceptInput = z.object({
  name: Name.optional(), handle: Handle.optional(), email: Email.optional(), password: Password,
  time_zone: BrowserZone.optional(),
})

const SpaceName = z.object({ id: z.uuid(), name: z.string() })
const Facts = z.object({
  role: Role, email: z.string().nullable(), expires_at: z.string().nullable(), spaces: z.array(SpaceName),
})

export const InvitationView = Facts.extend({
  id: z.uuid(), uses: z.number().nullable(), used: z.number(), created_at: z.string(), by: PersonCard,
  /** in the answer that makes it and never again; null too when only the mailbox it goes to may know it */
  url: z.string().nullable(),
})

/** An invitation as the one who holds its link sees it. */
export const OpenInvitation = Facts.extend({
  network: z.object({ name: z.string() }), inviter: z.object({ id: z.uuid(), name: z.string() }),
  claims: z.object({ name: z.string(), handle: z.string() }).nullable(),
})

onEndEverything(withdrawOpen)

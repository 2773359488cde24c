import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { line } from '../../kernel/names.ts'
import type { Step } from '../../kernel/schema.ts'

declare module '../../kernel/db.ts' {
  interface Tables {
    passkeys: {
      id: string; person_id: string; name: string
      /** as the authenticator calls it, base64url */
      credential_id: string
      public_key: Buffer; counter: number; transports: string[]; created_at: Generated<string>; last_used_at: string | null
    }
    /** what an authenticator is to sign, once; `person_id` is null for signing in */
    webauthn_challenges: { challenge: string; person_id: string | null; created_at: Generated<string> }
  }
}

export const migrations: Record<string, Step> = {
  '0022-passkeys': {
    up: (db) => sql`
      create table passkeys (
        id uuid primary key, person_id uuid not null references people on delete cascade, name text not null,
        credential_id text not null unique, public_key bytea not null, counter bigint not null,
        transports text[] not null,
        created_at timestamptz not null default now(), last_used_at timestamptz
      );
      create index passkeys_person on passkeys (person_id);
      create table webauthn_challenges (
        challenge text primary key, person_id uuid references people on delete cascade,
        created_at timestamptz not null default now()
      );
      create index webauthn_challenges_age on webauthn_challenges (created_at)`.execute(db),
  },
}

const Encoded = z.string().max(20_000).regex(/^[\w-]*$/, { message: 'is not base64url' })
const Credential = z.object({
  id: Encoded.max(1400), rawId: Encoded.max(1400), type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
})

/** What a browser's `navigator.credentials.create()` answers, as JSON (WebAuthn, RegistrationResponseJSON). */
export const RegistrationInput = z.object({
  response: Credential.extend({
    response: z.object({
      clientDataJSON: Encoded, attestationObject: Encoded, transports: z.array(z.string().max(40)).max(10).default([]),
    }),
  }),
  name: line(60).default(''),
})

/** What a browser's `navigator.credentials.get()` answers, as JSON (WebAuthn, AuthenticationResponseJSON). */
export const SignInInput = z.object({
  response: Credential.extend({
    response: z.object({
      clientDataJSON: Encoded, authenticatorData: Encoded, signature: Encoded,
      userHandle: Encoded.nullish().transform((text) => text ?? undefined),
    }),
  }),
})

export const EndInput = z.object({ keep_passkeys: z.array(z.uuid()).max(100).default([]) })

export const PasskeyView = z.object({
  id: z.uuid(), name: z.string(), created_at: z.string(), last_used_at: z.string().nullable(),
})

import { sql } from 'kysely'
import { backUpNightly } from './nightly-backup.ts'
import { forgetEmailChanges } from './core/people/email-changes.ts'
import { forgetGuesses } from './core/people/guesses.ts'
import { tidyReads } from './core/reads/tidy.ts'
import { findCommunitiesJob } from './features/communities/find.ts'
import { forgetRemovedFiles, sweepFiles } from './features/files/jobs.ts'
import { tidyInbox } from './features/inbox/tidy.ts'
import { forgetInvitations } from './features/invitations/commands.ts'
import { forgetChallenges } from './features/passkeys/commands.ts'
import { resumeImports } from './features/slack-import/jobs.ts'
import { defineJob, type Recurring } from './kernel/jobs.ts'
import { forgetLetters } from './kernel/letters.ts'
import { forgetPassingFacts } from './kernel/passing-facts.ts'

const endOldSessions = defineJob<object>('end-old-sessions', async (host) => {
  await host.db.deleteFrom('sessions').where('expires_at', '<', sql<string>`now()`).execute()
})

/**
 * What was removed can be brought back for a day; then its words are gone for good. So are the answers that are kept for
 * commands that are repeated: each was given before what it tells was removed.
 */
const forgetRemoved = defineJob<object>('forget-removed', async (host) => {
  await host.db.deleteFrom('idempotency').where('created_at', '<', sql<string>`now() - interval '1 day'`).execute()
  await forgetRemovedFiles(host)
  await sql`delete from entry_versions v using removals r where r.entry_id = v.entry_id and r.removed_at < now() - interval '1 day'`.execute(host.db)
  await sql`delete from removals where removed_at < now() - interval '1 day'`.execute(host.db)
})

/** Every recurring job, one line each (minute hour day month weekday, UTC). */
export const schedule: Recurring[] = [
  { cron: '* * * * *', job: resumeImports },
  { cron: '17 * * * *', job: endOldSessions },
  { cron: '27 * * * *', job: forgetRemoved },
  { cron: '37 * * * *', job: sweepFiles },
  { cron: '*/10 * * * *', job: forgetChallenges },
  { cron: '9 * * * *', job: forgetEmailChanges },
  { cron: '19 * * * *', job: forgetGuesses },
  { cron: '13 2 * * *', job: findCommunitiesJob },
  { cron: '33 0 * * *', job: backUpNightly },
  { cron: '57 3 * * *', job: forgetInvitations },
  { cron: '47 3 * * *', job: forgetLetters },
  { cron: '17 3 * * *', job: forgetPassingFacts },
  { cron: '27 3 * * *', job: tidyReads },
  { cron: '37 3 * * *', job: tidyInbox },
]

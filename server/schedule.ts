import { sql } from 'kysely'
import { backUpNightly } from './nightly-backup.ts'
import { resumeImports } from './core/imports/jobs.ts'
import { forgetRemoved } from './core/entries/forget.ts'
import { forgetEmailChanges } from './core/people/email-changes.ts'
import { forgetGuesses } from './core/people/guesses.ts'
import { forgetReadUndos } from './core/reads/all.ts'
import { forgetPresences } from './core/people/presence.ts'
import { tidyReads } from './core/reads/tidy.ts'
import { forgetTidings } from './core/waiting/commands.ts'
import { findCommunitiesJob } from './features/communities/find.ts'
import { closeOverdue } from './features/decisions/jobs.ts'
import { tellReviews } from './features/decisions/reviews.ts'
import { forgetDrafts } from './features/drafts/commands.ts'
import { sweepFiles } from './features/files/jobs.ts'
import { tidyInbox } from './features/inbox/tidy.ts'
import { forgetInvitations } from './features/invitations/commands.ts'
import { forgetChallenges } from './features/passkeys/commands.ts'
import { forgetResets } from './features/password-resets/commands.ts'
import { forgetDone } from './features/saved/commands.ts'
import { sendOverdue } from './features/scheduled/jobs.ts'
import { defineJob, type Recurring } from './kernel/jobs.ts'
import { forgetLetters } from './kernel/letters.ts'
import { forgetPassingFacts } from './kernel/passing-facts.ts'
import { forgetTellings } from './kernel/tellings.ts'

const forgetAnswers = defineJob<object>('forget-answers', async (host) => {
  await host.db.deleteFrom('idempotency').where('created_at', '<', sql<string>`now() - interval '72 hours'`).execute()
})

const endOldSessions = defineJob<object>('end-old-sessions', async (host) => {
  await host.db.deleteFrom('sessions').where('expires_at', '<', sql<string>`now()`).execute()
})

/** Every recurring job, one line each (minute hour day month weekday, UTC). */
export const schedule: Recurring[] = [
  { cron: '* * * * *', job: resumeImports },
  { cron: '* * * * *', job: sendOverdue },
  { cron: '* * * * *', job: closeOverdue },
  { cron: '1 0 * * *', job: tellReviews },
  { cron: '7 * * * *', job: forgetAnswers },
  { cron: '17 * * * *', job: endOldSessions },
  { cron: '27 * * * *', job: forgetRemoved },
  { cron: '37 * * * *', job: sweepFiles },
  { cron: '*/10 * * * *', job: forgetChallenges },
  { cron: '*/5 * * * *', job: forgetPresences },
  { cron: '9 * * * *', job: forgetEmailChanges },
  { cron: '19 * * * *', job: forgetGuesses },
  { cron: '29 * * * *', job: forgetTellings },
  { cron: '43 3 * * *', job: forgetTidings },
  { cron: '13 2 * * *', job: findCommunitiesJob },
  { cron: '33 0 * * *', job: backUpNightly },
  { cron: '57 3 * * *', job: forgetInvitations },
  { cron: '49 * * * *', job: forgetResets },
  { cron: '47 3 * * *', job: forgetLetters },
  { cron: '17 3 * * *', job: forgetPassingFacts },
  { cron: '27 3 * * *', job: tidyReads },
  { cron: '51 * * * *', job: forgetReadUndos },
  { cron: '37 3 * * *', job: tidyInbox },
  { cron: '41 3 * * *', job: forgetDone },
  { cron: '52 3 * * *', job: forgetDrafts },
]

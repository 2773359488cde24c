import * as emojiRoutes from './core/emoji/routes.ts'
import * as emoji from './core/emoji/schema.ts'
import * as entryRoutes from './core/entries/routes.ts'
import * as entries from './core/entries/schema.ts'
import { jobs as importJobs } from './core/imports/jobs.ts'
import * as importRoutes from './core/imports/routes.ts'
import * as imports from './core/imports/schema.ts'
import * as peopleRoutes from './core/people/routes.ts'
import * as people from './core/people/schema.ts'
import * as readRoutes from './core/reads/routes.ts'
import * as reads from './core/reads/schema.ts'
import * as spaceCounts from './core/spaces/counts.ts'
import * as spaceRoutes from './core/spaces/routes.ts'
import * as spaces from './core/spaces/schema.ts'
import './core/spaces/waiting.ts'
import { recount } from './core/ties/commands.ts'
import { keepTies } from './core/ties/effects.ts'
import * as tieRoutes from './core/ties/routes.ts'
import * as ties from './core/ties/schema.ts'
import * as waitingRoutes from './core/waiting/routes.ts'
import * as waiting from './core/waiting/schema.ts'
import * as admin from './features/admin/routes.ts'
import * as attributionRoutes from './features/attributions/routes.ts'
import * as attributions from './features/attributions/schema.ts'
import './features/attributions/waiting.ts'
import * as communityEffects from './features/communities/effects.ts'
import { findCommunitiesJob } from './features/communities/find.ts'
import * as communityRoutes from './features/communities/routes.ts'
import * as communities from './features/communities/schema.ts'
import './features/communities/waiting.ts'
import * as correctionRoutes from './features/corrections/routes.ts'
import * as corrections from './features/corrections/schema.ts'
import { closeOne, remindOfOne } from './features/decisions/jobs.ts'
import * as decisionRoutes from './features/decisions/routes.ts'
import * as decisions from './features/decisions/schema.ts'
import * as demoRoutes from './features/demo/routes.ts'
import * as demo from './features/demo/schema.ts'
import * as draftRoutes from './features/drafts/routes.ts'
import * as drafts from './features/drafts/schema.ts'
import * as factRoutes from './features/facts/routes.ts'
import * as facts from './features/facts/schema.ts'
import * as fileRoutes from './features/files/routes.ts'
import * as files from './features/files/schema.ts'
import { lookAtContent } from './features/files/open.ts'
import * as homeRoutes from './features/home/routes.ts'
import { askWhetherItWorked } from './features/ideas/jobs.ts'
import * as ideaRoutes from './features/ideas/routes.ts'
import * as ideas from './features/ideas/schema.ts'
import './features/ideas/waiting.ts'
import * as inboxEffects from './features/inbox/effects.ts'
import * as inboxRoutes from './features/inbox/routes.ts'
import * as inbox from './features/inbox/schema.ts'
import * as invitationRoutes from './features/invitations/routes.ts'
import * as invitations from './features/invitations/schema.ts'
import * as linkPreviewEffects from './features/link-previews/effects.ts'
import { fetchPreview } from './features/link-previews/fetch.ts'
import * as linkPreviewRoutes from './features/link-previews/routes.ts'
import * as linkPreviews from './features/link-previews/schema.ts'
import * as mailbox from './features/mailbox/routes.ts'
import { drawMapJob } from './features/map/draw.ts'
import { redrawMap } from './features/map/effects.ts'
import * as mapRoutes from './features/map/routes.ts'
import * as map from './features/map/schema.ts'
import * as mentionRoutes from './features/mentions/routes.ts'
import * as mentions from './features/mentions/schema.ts'
import * as notices from './features/notices/schema.ts'
import * as passkeyRoutes from './features/passkeys/routes.ts'
import * as passkeys from './features/passkeys/schema.ts'
import * as passwordResetRoutes from './features/password-resets/routes.ts'
import * as passwordResets from './features/password-resets/schema.ts'
import { sendResetLink } from './features/password-resets/commands.ts'
import * as pinRoutes from './features/pins/routes.ts'
import * as pins from './features/pins/schema.ts'
import { closePoll } from './features/polls/close.ts'
import * as pollRoutes from './features/polls/routes.ts'
import * as polls from './features/polls/schema.ts'
import * as policyReports from './features/policy-reports/routes.ts'
import * as questionRoutes from './features/questions/routes.ts'
import * as questions from './features/questions/schema.ts'
import * as railRoutes from './features/rail/routes.ts'
import * as rail from './features/rail/schema.ts'
import { reactionAdded, reactionRemoved } from './features/reactions/events.ts'
import * as reactionRoutes from './features/reactions/routes.ts'
import * as reactions from './features/reactions/schema.ts'
import * as rooting from './features/rooting/routes.ts'
import { remindOf } from './features/saved/commands.ts'
import * as savedRoutes from './features/saved/routes.ts'
import * as saved from './features/saved/schema.ts'
import './features/saved/waiting.ts'
import { sendOne } from './features/scheduled/jobs.ts'
import * as scheduledRoutes from './features/scheduled/routes.ts'
import * as scheduled from './features/scheduled/schema.ts'
import './features/scheduled/waiting.ts'
import { indexAnew } from './features/search/commands.ts'
import * as searchEffects from './features/search/effects.ts'
import * as searchRoutes from './features/search/routes.ts'
import * as search from './features/search/schema.ts'
import * as setupRoutes from './features/setup/routes.ts'
import * as setup from './features/setup/schema.ts'
import './features/slack-import/importer.ts'
import * as slackImport from './features/slack-import/schema.ts'
import * as spaceHealth from './features/space-health/routes.ts'
import './features/stackexchange-import/importer.ts'
import * as suggestionRoutes from './features/suggestions/routes.ts'
import * as suggestions from './features/suggestions/schema.ts'
import './features/suggestions/waiting.ts'
import { remindOfTask } from './features/tasks/jobs.ts'
import * as taskRoutes from './features/tasks/routes.ts'
import * as tasks from './features/tasks/schema.ts'
import * as threadRoutes from './features/threads/routes.ts'
import * as threads from './features/threads/schema.ts'
import * as tokens from './features/tokens/routes.ts'
import * as topicRoutes from './features/topics/routes.ts'
import * as topics from './features/topics/schema.ts'
import type { Effect } from './kernel/effects.ts'
import type { Route } from './kernel/http.ts'
import type { Job } from './kernel/jobs.ts'
import * as letters from './kernel/letters.ts'
import * as kernel from './kernel/schema.ts'

/** What a feature may bring: steps of the schema, endpoints, effects, jobs. */
export type Feature = { migrations?: Record<string, kernel.Step>; routes?: Route[]; effects?: Effect[]; jobs?: Job<any>[] }

/** THE LIST: everything this product is made of. */
export const features: Feature[] = [
  kernel,
  letters,
  { ...people, ...peopleRoutes },
  { ...spaces, ...spaceRoutes },
  { migrations: spaceCounts.migrations },
  { ...entries, ...entryRoutes },
  { migrations: emoji.migrations, ...emojiRoutes },
  { migrations: notices.migrations },
  { ...reads, ...readRoutes },
  { migrations: waiting.migrations, ...waitingRoutes },
  { migrations: ties.migrations, ...tieRoutes, effects: [keepTies([reactionAdded, reactionRemoved])], jobs: [recount] },
  { ...setup, ...setupRoutes },
  tokens,
  { ...invitations, ...invitationRoutes },
  { ...passkeys, ...passkeyRoutes },
  { migrations: passwordResets.migrations, ...passwordResetRoutes, jobs: [sendResetLink] },
  { ...reactions, ...reactionRoutes },
  { ...mentions, ...mentionRoutes },
  { ...topics, ...topicRoutes },
  { migrations: questions.migrations, ...questionRoutes },
  { migrations: facts.migrations, ...factRoutes },
  { migrations: decisions.migrations, ...decisionRoutes, jobs: [closeOne, remindOfOne] },
  { migrations: polls.migrations, ...pollRoutes, jobs: [closePoll] },
  { migrations: ideas.migrations, ...ideaRoutes, jobs: [askWhetherItWorked] },
  { migrations: corrections.migrations, ...correctionRoutes },
  { migrations: tasks.migrations, ...taskRoutes, jobs: [remindOfTask] },
  { ...inbox, ...inboxRoutes, effects: [inboxEffects.notifyPeople()] },
  { migrations: threads.migrations, ...threadRoutes },
  { migrations: pins.migrations, ...pinRoutes },
  { migrations: saved.migrations, ...savedRoutes, jobs: [remindOf] },
  { migrations: scheduled.migrations, ...scheduledRoutes, jobs: [sendOne] },
  { ...files, ...fileRoutes, jobs: [lookAtContent] },
  { migrations: linkPreviews.migrations, ...linkPreviewRoutes, effects: [linkPreviewEffects.previewLinks], jobs: [fetchPreview] },
  { migrations: drafts.migrations, ...draftRoutes },
  { ...search, ...searchRoutes, effects: [searchEffects.indexNews, searchEffects.indexHistory], jobs: [indexAnew] },
  { migrations: communities.migrations, ...communityRoutes, effects: [communityEffects.keepCommunities], jobs: [findCommunitiesJob] },
  { migrations: map.migrations, ...mapRoutes, effects: [redrawMap], jobs: [drawMapJob] },
  { migrations: suggestions.migrations, ...suggestionRoutes },
  { migrations: rail.migrations, ...railRoutes },
  { migrations: demo.migrations, ...demoRoutes },
  mailbox,
  { migrations: slackImport.migrations },
  { migrations: imports.migrations, ...importRoutes, jobs: importJobs },
  { migrations: attributions.migrations, ...attributionRoutes },
  homeRoutes,
  spaceHealth,
  rooting,
  policyReports,
  admin,
]

export const migrations = features.map((feature) => feature.migrations ?? {})
export const routes = features.flatMap((feature) => feature.routes ?? [])
export const effects = features.flatMap((feature) => feature.effects ?? [])
export const jobs = features.flatMap((feature) => feature.jobs ?? [])

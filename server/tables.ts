import type { EntryTables } from './core/entries/schema.ts'
import type { PeopleTables } from './core/people/schema.ts'
import type { ReadTables } from './core/reads/schema.ts'
import type { SpaceTables } from './core/spaces/schema.ts'
import type { TieTables } from './core/ties/schema.ts'
import type { AttributionTables } from './features/attributions/schema.ts'
import type { CommunityTables } from './features/communities/schema.ts'
import type { DemoTables } from './features/demo/schema.ts'
import type { FileTables } from './features/files/schema.ts'
import type { InboxTables } from './features/inbox/schema.ts'
import type { InvitationTables } from './features/invitations/schema.ts'
import type { MapTables } from './features/map/schema.ts'
import type { MentionTables } from './features/mentions/schema.ts'
import type { NoticeTables } from './features/notices/schema.ts'
import type { PasskeyTables } from './features/passkeys/schema.ts'
import type { QuestionTables } from './features/questions/schema.ts'
import type { ReactionTables } from './features/reactions/schema.ts'
import type { SearchTables } from './features/search/schema.ts'
import type { SetupTables } from './features/setup/schema.ts'
import type { SlackImportTables } from './features/slack-import/schema.ts'
import type { SuggestionTables } from './features/suggestions/schema.ts'
import type { TopicTables } from './features/topics/schema.ts'
import type { LetterTables } from './kernel/letters.ts'
import type { KernelTables } from './kernel/schema.ts'

/** Every table of the database, one line a feature. */
export type Tables = KernelTables & LetterTables
  & PeopleTables & SpaceTables & EntryTables & ReadTables & TieTables
  & NoticeTables & QuestionTables & CommunityTables & SuggestionTables & MapTables
  & ReactionTables & MentionTables & TopicTables & InboxTables & FileTables & SetupTables & SearchTables & InvitationTables & PasskeyTables & DemoTables & SlackImportTables
  & AttributionTables

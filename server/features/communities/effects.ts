import { spaceImported } from '../../core/spaces/events.ts'
import { tieChoicesChanged } from '../../core/ties/events.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { findCommunitiesJob } from './find.ts'

/** After an import, and when somebody left the picture or came back, communities are looked for again. */
export const keepCommunities = defineEffect('keep-communities', [tieChoicesChanged, spaceImported], { from: 'beginning', history: true, gatherMs: 3000, unhurried: true }, async (ctx, events) => {
  const isImport = events.some(({ type }) => type === spaceImported.type)
  await enqueue(ctx.db, findCommunitiesJob, { recount: isImport }, { key: 'find-communities' })
})

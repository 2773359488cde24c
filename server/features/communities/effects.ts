import { sql } from 'kysely'
import { spaceImported } from '../../core/spaces/events.ts'
import { tieChoicesChanged } from '../../core/ties/events.ts'
import { defineEffect } from '../../kernel/effects.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { findCommunitiesJob } from './find.ts'

/** Whoever leaves the picture is in no community from that moment on; after an import communities are looked for at once. */
export const keepCommunities = defineEffect('keep-communities', [tieChoicesChanged, spaceImported], async (ctx, events) => {
  const left = events.filter((e) => e.type === tieChoicesChanged.type && !e.data.in_network).map((e) => e.person_id)
  await sql`delete from community_members where person_id = any(${left}::uuid[])`.execute(ctx.db)
  const isImport = events.some(({ type }) => type === spaceImported.type)
  await enqueue(ctx.db, findCommunitiesJob, { recount: isImport }, 'find-communities')
}, { history: true, gatherMs: 3000, unhurried: true })

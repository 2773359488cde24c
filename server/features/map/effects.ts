import { defineEffect } from '../../kernel/effects.ts'
import { enqueue } from '../../kernel/jobs.ts'
import { communitiesFound } from '../communities/events.ts'
import { drawMapJob } from './draw.ts'

/** The map is drawn after communities were looked for: nightly, after an import, and when somebody left the picture, so that nothing on it comes from them. */
export const redrawMap = defineEffect('redraw-map', [communitiesFound], { from: 'beginning' }, async (ctx, events) => {
  const regroup = events.some(({ data }) => data.recounted)
  await enqueue(ctx.db, drawMapJob, { regroup }, { key: 'draw-map' })
})

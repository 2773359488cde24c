import { entryEdited, entryPublished, entryRemoved, entryRestored } from '../../core/entries/events.ts'
import { defineEffect } from '../../kernel/effects.ts'
import type { LoggedEvent } from '../../kernel/events.ts'
import { entryCorrected } from '../corrections/events.ts'
import { indexEntries } from './commands.ts'

const changes = [entryPublished, entryEdited, entryRemoved, entryRestored, entryCorrected]
const idsOf = (events: LoggedEvent[]) => [...new Set(events.flatMap((event) => event.entry_id ?? []))]

// Sorting words into the index costs more than all else that a post causes, and less the more are sorted in together.
const GATHER_MS = 300

/** Puts what is written now into the search index. */
export const indexNews = defineEffect('index-news', changes, { from: 'beginning', gatherMs: GATHER_MS }, async (ctx, events) => {
  if (events.length) await indexEntries(ctx, idsOf(events))
})

/** The same for history. By itself, so that what is written during a large import need not wait for the import. */
export const indexHistory = defineEffect('index-history', changes, { from: 'beginning', history: true, gatherMs: GATHER_MS, unhurried: true }, async (ctx, events) => {
  const past = events.filter((event) => event.quiet)
  if (past.length) await indexEntries(ctx, idsOf(past))
})

import { type Generated, sql } from 'kysely'
import { z } from 'zod'
import { defineKind } from '../../core/entries/kinds.ts'
import { onTell } from '../../core/entries/telling.ts'
import type { Step } from '../../kernel/schema.ts'
import { dropNotices, keepNotices, tellByNotice } from './commands.ts'

declare module '../../kernel/db.ts' { interface Tables { notices: { entry_id: string; kind: Generated<string>; type: string } } }

/** None: the table was made together with the entries, when notices were a part of the core. */
export const migrations: Record<string, Step> = {}

declare module '../../core/entries/parts.ts' { interface EntryParts { notice?: string } }

// The server and imports make them, and what one says is not changed.
const nobody = () => false

/** A quiet line of history: "Ann joined". Imports make it. */
export const notice = defineKind({
  name: 'notice', startsIn: [], replies: false, reactions: false, inFeed: false, title: 'none', searchable: false, spoken: false,
  mayBegin: nobody, mayEdit: nobody, input: z.object({ type: z.string() }), begin: keepNotices, end: dropNotices,
  facts: { shape: z.string(), column: (_, entry) => sql`(select n.type from notices n where n.entry_id = ${sql.ref(`${entry}.id`)})` },
})

onTell(tellByNotice)

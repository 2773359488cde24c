import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import ICAL from 'ical.js'
import type { EntryView } from '../../core/entries/schema.ts'
import type { Ctx } from '../../kernel/context.ts'
import type { Dialect } from '../../kernel/dialects.ts'
import { STREAMED } from '../../kernel/serve.ts'
import { excerpt } from '../../kernel/text.ts'
import { isDay, type Priority } from './policy.ts'
import { listMyTasks } from './queries.ts'

/**
 * What programs for calendars and tasks fetch. They send nothing but an address, so that carries the secret: of a token that opens this
 * alone, stands in the list of one's tokens, and is revoked there.
 */
export const FEED: Dialect = {
  prefix: '/feeds', scope: 'feed',
  refuse: ({ status, message }) => ({ status, type: 'text/plain; charset=utf-8', body: message }),
  secretOf: ({ params }) => (params as { file?: string }).file?.replace(/\.ics$/, ''),
}

const MOST = 1000
// As RFC 5545 (3.8.1.9) names them, of nine.
const PRIORITY: Record<Priority, number> = { urgent: 1, high: 3, normal: 5, low: 9 }

/** What the actor has to do, as VTODO (RFC 5545); nothing is sent where nothing changed. */
export async function sendFeed(ctx: Ctx, { request, reply }: { request: FastifyRequest; reply: FastifyReply }): Promise<string | symbol> {
  const text = await feedOf(ctx)
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  void reply.header('etag', tag).header('cache-control', 'private, no-cache')
  if (request.headers['if-none-match'] === tag) {
    void reply.code(304).send()
    return STREAMED
  }
  void reply.header('content-type', 'text/calendar; charset=utf-8').send(text)
  return STREAMED
}

async function feedOf(ctx: Ctx): Promise<string> {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('prodid', '-//Folkmoot//Tasks//EN')
  let shown = 0
  let before: string | undefined
  do {
    const page = await listMyTasks(ctx, { what: 'mine', limit: 100, before })
    for (const entry of page.items) calendar.addSubcomponent(todoOf(entry, entry.space_card.name, ctx.host.config.url))
    shown += page.items.length
    before = page.next ?? undefined
  } while (before && shown < MOST)
  return `${calendar.toString()}\r\n`
}

/** Only what the task says, so that it is the same text until that changes. What repeats stands there with the time that is next. */
function todoOf({ id, title, body, created_at, task }: EntryView, space: string, url: string): ICAL.Component {
  const { due, state, since, priority, subtask_of } = task!
  const todo = new ICAL.Component('vtodo')
  const set = (name: string, value: string | number | ICAL.Time) => todo.addPropertyWithValue(name, value)
  const moment = (at: string) => ICAL.Time.fromJSDate(new Date(at), true)
  set('uid', id)
  set('dtstamp', moment(since))
  set('created', moment(created_at))
  set('summary', title)
  // RFC 5545 (3.1) has no control characters in texts.
  if (body) set('description', excerpt(body, 1000).replace(/[^\P{Cc}\n\t]/gu, ''))
  if (due) set('due', isDay(due) ? ICAL.Time.fromDateString(due) : moment(due))
  set('priority', PRIORITY[priority])
  set('status', state === 'doing' ? 'IN-PROCESS' : 'NEEDS-ACTION')
  set('categories', space)
  if (subtask_of) set('related-to', subtask_of)
  set('url', `${url}/e/${id}`)
  return todo
}

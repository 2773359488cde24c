import { type Raw, list, number, raw, string } from './raw.ts'

const isPerson = (id: string) => /^[A-Z0-9]{2,40}$/.test(id) && id !== 'USLACKBOT'

/**
 * A huddle or call has a room instead of words: who began it, who came, from when to when. It becomes a line by
 * who held it: "held a huddle with @bob, 10 minutes".
 */
export function fromRoom(row: Raw): Raw {
  const room = raw(row.room)
  const isCall = /^(?:huddle_thread|sh_room_created|sh_room_shared)$/.test(string(row.subtype))
  if (!isCall || !Object.keys(room).length) return isCall && !string(row.text) ? { ...row, text: row.subtype === 'huddle_thread' ? 'held a huddle' : 'held a call' } : row
  const host = [string(room.created_by), string(row.user)].find(isPerson) ?? ''
  const line = lineOf(row, room, host)
  const own = /^(?:<@[^>]*> )?(?:started )?a? ?(?:huddle|call)\b[^\n]{0,40}$/i.test(string(row.text)) ? '' : string(row.text)
  const blocks = list(row.blocks).length
    ? [...list(row.blocks), { type: 'section', text: { type: 'mrkdwn', text: line } }]
    : []
  return { ...row, user: host || row.user, text: own ? `${own}\n${line}` : line, blocks }
}

function lineOf(row: Raw, room: Raw, host: string): string {
  const came = [...list(room.participant_history), ...list(room.participants)].map(string)
  const others = [...new Set(came)].filter((id) => isPerson(id) && id !== host)
  const what = room.call_family === 'huddle' || row.subtype === 'huddle_thread' ? 'huddle' : 'call'
  const title = string(room.name) ? ` “${string(room.name)}”` : ''
  const people = others.length ? ` ${host ? 'with' : 'of'} ${namesOf(others)}` : ''
  return [`${host ? `held a ${what}` : what}${title}${people}`, lengthOf(room)].filter(Boolean).join(', ')
}

const most = 50

function namesOf(ids: string[]): string {
  const names = ids.slice(0, most).map((id) => `<@${id}>`)
  const last = ids.length > most ? `${ids.length - most} more` : names.pop()!
  return names.length ? `${names.join(', ')} and ${last}` : last
}

function lengthOf(room: Raw): string {
  const [from, to] = [number(room.date_start) ?? 0, number(room.date_end) ?? 0]
  if (!from || to <= from) return ''
  const minutes = Math.round((to - from) / 60)
  if (minutes === 0) return 'less than a minute'
  const parts = [counted(Math.floor(minutes / 60), 'hour'), counted(minutes % 60, 'minute')]
  return parts.filter(Boolean).join(' ')
}

const counted = (n: number, unit: string) => (n ? `${n} ${unit}${n === 1 ? '' : 's'}` : '')

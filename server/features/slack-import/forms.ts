import { type Raw, list, raw, string } from './raw.ts'
import { fromRoom } from './huddles.ts'

// Slack's own rows are some ten levels deep. Nothing that reads them has to bear more than this.
const deepest = 100

/** Whether a value is nested so deeply that no honest program wrote it. Itself it needs no stack. */
export function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length; depth++) {
    if (depth > deepest) return true
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return false
}

/** Rows that log what happened to a message; they are none themselves, and the message stands in a row of its own. */
export const isLog = (row: Raw) => /^message_(?:changed|deleted|replied)$/.test(string(row.subtype))

/** Rows were written in many forms over the years; this gives them the one that is read. */
export function inOneForm(row: Raw): Raw {
  return fromRoom(fromFileShare(fromFileComment(row)))
}

/** The words of a comment on a file are not in the message but beside it. */
function fromFileComment(row: Raw): Raw {
  const comment = raw(row.comment)
  if (row.subtype !== 'file_comment') return row
  const user = string(comment.user) || row.user
  return string(comment.comment) ? { ...row, user, text: comment.comment, blocks: [] } : { ...row, user }
}

const announced = /^<@([A-Z0-9]+)(?:\|[^>]*)?> [a-z]+ [^<\n]{1,60}<[^>]*>(?: and commented: ([^]*))?$/

/** Until 2018 the text told who uploaded what, which stands beside it here; only the comment is somebody's words. */
function fromFileShare(row: Raw): Raw {
  if (row.subtype !== 'file_share') return row
  const said = string(row.text)
  const [shared, by, comment = ''] = announced.exec(said) ?? []
  const first = [...list(row.files), row.file].map((file) => string(raw(raw(file).initial_comment).comment)).find(Boolean)
  if (shared && row.file && (!row.user || by === row.user)) return { ...row, user: by, text: first || comment }
  return said === '' && first ? { ...row, text: first } : row
}

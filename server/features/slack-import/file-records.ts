import { isPreview } from './content.ts'
import { type Raw, line, list, number, raw, string } from './raw.ts'
import type { Tally } from './report.ts'

export type SlackFile = {
  external_id: string
  name: string
  type: string
  size: number
  width: number | null
  height: number | null
  /** the address it had, as text; nothing is fetched from there */
  original: string
  /** it was deleted in Slack, or may not be shown any more */
  isGone: boolean
}

/** The files of a message and of what an app attached to it, each once. */
export function filesOf(row: Raw, tally: Tally): SlackFile[] {
  const attached = list(row.attachments).map(raw).filter((one) => !isPreview(one)).flatMap((one) => list(one.files))
  const files = [...list(row.files), ...(row.file ? [row.file] : []), ...attached].map(raw)
  const byId = new Map(files.map((file, i) => [line(file.id, 40) || `file-${i}`, file]))
  return [...byId].map(([id, file]) => fromFile(id, file, tally))
}

/** What Slack shows as a page of its own; in an export it is a link. */
export const pageKind = (file: Raw): 'canvases' | 'lists' | 'transcripts' | null => {
  if (file.mode === 'huddle_transcript' || file.filetype === 'huddle_transcript') return 'transcripts'
  if (file.mode === 'list' || file.filetype === 'list') return 'lists'
  return file.filetype === 'quip' || file.mode === 'quip' || file.filetype === 'canvas' ? 'canvases' : null
}

function fromFile(id: string, file: Raw, tally: Tally): SlackFile {
  const gone = file.mode === 'tombstone' || file.mode === 'hidden_by_limit'
  const name = line(file.title, 200) || line(file.name, 200) || (gone ? 'Deleted file' : 'File')
  const page = pageKind(file)
  if (!gone && tally.isBundled(id)) tally.attach(id)
  else if (page && !gone) tally.loseOnce(page, id, name)
  else tally.lose(gone ? 'deleted_files' : 'file_contents', name)
  return {
    external_id: id,
    name: line(file.name, 200) && !page ? line(file.name, 200) : name,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(string(file.mimetype))
      ? string(file.mimetype).slice(0, 100)
      : 'application/octet-stream',
    size: Math.max(0, Math.min(Math.floor(number(file.size) ?? 0), Number.MAX_SAFE_INTEGER)),
    width: pixels(file.original_w),
    height: pixels(file.original_h),
    original: string(file.permalink) || string(file.external_url) || string(file.url_private),
    isGone: gone,
  }
}

const pixels = (value: unknown) => {
  const n = number(value)
  return n !== null && Number.isInteger(n) && n > 0 && n < 1e6 ? n : null
}

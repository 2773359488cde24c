import { api } from '../../kernel/api.ts'
import { currentMe } from '../../kernel/session.tsx'

/** What is there twice, so far apart, was looked at. */
const LOOK = 2000
/** Told no more often than that. */
const PAUSE = 10_000
const MOST = 100

let me: string | undefined
const told = new Set<string>()
const waiting = new Set<string>()
let before: string[] = []
let last = -Infinity

// Tells the server what somebody had before their eyes on this page, each once: whom to tell should it turn out to be wrong. What their
// reading positions say already it leaves out itself.
setInterval(look, LOOK)
window.addEventListener('pagehide', () => tell(true))

function look() {
  // Whoever signs in after somebody else has seen nothing yet.
  if (me !== currentMe()?.id) for (const all of [told, waiting]) all.clear()
  me = currentMe()?.id
  const now = me && document.visibilityState === 'visible' && document.hasFocus() ? inSight() : []
  for (const id of now) if (before.includes(id) && !told.has(id)) {
    told.add(id)
    waiting.add(id)
  }
  before = now
  if (performance.now() - last > PAUSE) tell()
}

function tell(keepalive = false) {
  const entries = [...waiting].slice(0, MOST)
  if (!me || !entries.length || !navigator.onLine) return
  last = performance.now()
  for (const id of entries) waiting.delete(id)
  // Whoever reads must not be told that it could not be noted.
  void api.post('/readings', { entries }, { key: '', keepalive }).catch(() => {})
}

const UUID = /^[0-9a-f-]{36}$/

/** The entries of which enough to be read is on the screen, and nothing lies above it. */
function inSight(): string[] {
  const shown = [...document.querySelectorAll<HTMLElement>('[data-entry], [data-shown]')].filter((element) => {
    const { top, bottom, left, width, height } = element.getBoundingClientRect()
    const [from, to] = [Math.max(top, 0), Math.min(bottom, innerHeight)]
    if (!height || to - from < Math.min(height * 0.6, innerHeight * 0.4)) return false
    return element.contains(document.elementFromPoint(left + width / 2, (from + to) / 2))
  })
  return shown.map(({ dataset }) => dataset.shown ?? dataset.entry!).filter((id) => UUID.test(id))
}

import { applyAnswer, myId } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { sayMoment } from '../../kernel/moments.ts'
import { notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import { myTimeZone } from '../../kernel/time-zones.ts'
import type { Entry, PersonCard } from '../../kernel/types.ts'

type State = { entry: string; saved: boolean; remind_at: string | null }
const t = (key: string, more = {}) => i18n.t(`saved:${key}`, more)

const show = (data: State) => applyAnswer({ type: 'entry.saved', space: null, data, person: { id: myId() } as PersonCard })

/** Keeps an entry for later, or is done with it; shown at once, and offered to be taken back. */
export async function keep(entry: Pick<Entry, 'id'>, isKept: boolean, isUndo = false) {
  const state = { entry: entry.id, saved: isKept, remind_at: null }
  show(state)
  try {
    if (isKept) await api.put(`/entries/${entry.id}/saved`)
    else await api.delete(`/entries/${entry.id}/saved`)
    if (!isUndo) notifyUndo(t(isKept ? 'kept' : 'done_with'), () => void keep(entry, !isKept, true))
  } catch (error) {
    show({ ...state, saved: !isKept })
    notifyFailure(t('failed'), error)
  }
}

/** Has the inbox bring an entry back at a moment, or (null) not. */
export async function remind(entry: Pick<Entry, 'id'>, at: Date | null, before: string | null = null, isUndo = false) {
  try {
    show(await api.put<State>(`/entries/${entry.id}/saved`, { remind_at: at?.toISOString() ?? null }))
    if (isUndo) return
    const undo = () => void (before ? remind(entry, new Date(before), null, true) : remind(entry, null, null, true))
    notifyUndo(at ? t('reminds', { when: sayMoment(i18n.t, at, myTimeZone()) }) : t('reminds_not'), undo)
  } catch (error) {
    notifyFailure(t('failed'), error)
  }
}

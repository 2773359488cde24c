import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify, notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

type Stance = Entry['stance']
const t = (key: string) => i18n.t(`threads:${key}`)

/** Follows a thread, mutes it, or (null) neither; what it was before can be had again. */
export async function takeStance(root: Entry, stance: Stance, isUndo = false) {
  try {
    const fact = await api.put<{ space: string; root: string }>(`/entries/${root.id}/stance`, { stance })
    applyAnswer({ type: 'thread.stanced', space: null, data: fact })
    if (isUndo) return
    const before = root.stance
    notifyUndo(t(stance ?? (before === 'muted' ? 'unmuted' : 'unfollowed')), () => void takeStance({ ...root, stance }, before, true))
  } catch (error) {
    notifyFailure(t('failed'), error)
  }
}

/** Says that a thread is done, or takes it up again. */
export async function resolve(root: Entry, isDone: boolean) {
  const path = `/entries/${root.id}/resolved`
  try {
    const entry = await (isDone ? api.put<Entry>(path, {}) : api.delete<Entry>(path))
    applyAnswer({ type: 'thread.resolved', space: entry.space, entry })
    if (isDone) notifyUndo(t('resolved'), () => void resolve(root, false))
    else notify(t('reopened'))
  } catch (error) {
    notifyFailure(t('failed'), error)
  }
}

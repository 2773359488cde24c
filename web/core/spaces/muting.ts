import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure, notifyUndo } from '../../kernel/notify.ts'
import { applyAnswer } from '../entries/cache.ts'

/** Mutes a space or conversation, or hears of it again; either can be taken back. */
export async function muteSpace(id: string, muted: boolean, isUndo = false) {
  try {
    const fact = await (muted ? api.put<object>(`/spaces/${id}/muting`, {}) : api.delete<object>(`/spaces/${id}/muting`))
    applyAnswer({ type: 'space.muted', space: null, data: { ...fact } })
    if (!isUndo) notifyUndo(i18n.t(muted ? 'rail:muted' : 'rail:unmuted'), () => void muteSpace(id, !muted, true))
  } catch (error) {
    notifyFailure(i18n.t('rail:not_muted'), error)
  }
}

import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { EYES, finishHere } from '../../kernel/session.tsx'

/** Begins anew as whoever this browser is signed in as now, in its other windows too. */
export function beginAnew() {
  localStorage.setItem(EYES, String(Date.now()))
  location.assign('/')
}

/** Is oneself again; everything is fetched anew. */
export async function goBack() {
  await finishHere()
  try {
    await api.delete('/sessions/current/look')
    beginAnew()
  } catch (error) {
    notifyFailure(i18n.t('looking:failed'), error)
  }
}

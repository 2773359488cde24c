import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { beginAnew, finishHere } from '../../kernel/session.tsx'

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

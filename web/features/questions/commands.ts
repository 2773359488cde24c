import { applyAnswer } from '../../core/entries/cache.ts'
import { api } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notify, notifyFailure } from '../../kernel/notify.ts'
import type { Entry } from '../../kernel/types.ts'

const show = (entry: Entry) => applyAnswer({ type: 'question.settled', space: entry.space, entry })

/** Says which reply answers a question, or with null that none does: shown at once, taken back when the server refuses. */
export async function accept(question: Entry, reply: string | null) {
  const path = `/entries/${question.id}/accepted`
  show({ ...question, question: { ...question.question!, accepted: reply } })
  try {
    show(await (reply ? api.put<Entry>(path, { reply }) : api.delete<Entry>(path)))
  } catch (error) {
    show(question)
    notifyFailure(i18n.t('questions:failed'), error)
  }
}

/** Links the question that another one repeats, or with null none. */
export async function markDuplicate(question: Entry, other: string | null) {
  const path = `/entries/${question.id}/duplicate_of`
  try {
    show(await (other ? api.put<Entry>(path, { entry: other }) : api.delete<Entry>(path)))
    notify(i18n.t(other ? 'questions:marked' : 'questions:unmarked'))
  } catch (error) {
    notifyFailure(i18n.t('questions:failed'), error)
  }
}

import { doing, perform } from '../../core/entries/outbox.ts'
import { showDialog } from '../../kernel/show-dialog.ts'
import { withTexts } from '../../kernel/with-texts.ts'
import type { Answering } from './answering.ts'

/** Asks what is so, or what is so now. */
export const answer = (answering: Answering) =>
  void showDialog(() => withTexts('fact-cards', () => import('./AnswerDialog.tsx')).then((file) => file.AnswerDialog), { answer: answering })

/** Says that I see it so, too, now; or takes that back. It waits for a connection where there is none, and keeps its time. */
export function confirm(space: string, fact: string, isSo: boolean): void {
  const seen_at = new Date().toISOString()
  const deed = { entry: fact, path: `/entries/${fact}/confirmation`, body: isSo ? { seen_at } : null, type: 'fact.confirmed' as const, data: { seen_at: isSo ? seen_at : null } }
  perform(space, deed)
}

/** What is under way about a fact, the newest of it. */
export const useDoing = (fact: string) => doing.use().findLast(({ deed }) => deed.entry === fact && deed.path.endsWith('/confirmation'))

import type { Actor, Host, Shared } from './context.ts'
import { isDatabaseAway } from './db.ts'
import { Refusal } from './errors.ts'
import type { Answer, Remember } from './idempotency.ts'

/** A command as it is given to a route. */
export type Given<P = any, B = any> = { actor: Actor; params: P; body: B }

/** Said of a command that would have to wait, and the others with it: it is carried out by itself, beside them. */
export const ALONE = Symbol('alone')

/**
 * Carries out commands that came at once, of different people, in one transaction.
 * @returns for each of them its answer, the Refusal, or ALONE; whatever it throws, each is then carried out by itself
 */
export type Together<P = any, B = any> = (shared: Shared, commands: Given<P, B>[]) => Promise<unknown[]>

/** What one command of a group brings along. */
type Comer = {
  given: Given
  answerOf: (body: unknown) => Answer
  /** called in the transaction */
  remember: Remember
  /** carries it out by itself */
  alone: () => Promise<Answer>
}

// As many share a transaction at most; a longer one would make the first of them wait.
const MOST = 64

/**
 * Group commit: commands that come while others are being written wait for the next transaction and share it, with its one
 * look and one wait for the disk. Whoever comes when nothing is being written does not wait.
 * @throws what the command throws; what ended the transaction, where it cannot be known whether it was committed
 */
export function inGroups(host: Host, together: Together): (comer: Comer) => Promise<Answer> {
  const waiting: { comer: Comer; settle: (answer: Answer | Promise<Answer>) => void }[] = []
  let isWriting = false

  async function write(group: Comer[]): Promise<unknown[]> {
    let isCommitting = false
    try {
      return await host.db.transaction().execute(async (db) => {
        const answers = await together({ db, host }, group.map(({ given }) => given))
        await Promise.all(group.map(({ given, remember, answerOf }, i) =>
          isAnswer(answers[i]) && remember({ actor: given.actor, db, host }, answerOf(answers[i]))))
        isCommitting = true
        return answers
      })
    } catch (error) {
      // Of a transaction that failed nothing is left: which of them it was is found when each is on its own.
      return group.map(() => (isCommitting && !isRefused(error) ? new Unknown(error) : ALONE))
    }
  }

  async function work(): Promise<void> {
    isWriting = true
    while (waiting.length) {
      const group = waiting.splice(0, MOST)
      const answers = await write(group.map(({ comer }) => comer))
      group.forEach(({ comer, settle }, i) => settle(outcome(comer, answers[i])))
    }
    isWriting = false
  }

  return (comer) => new Promise((settle) => {
    waiting.push({ comer, settle })
    if (!isWriting) void work()
  })
}

/** Whether the transaction was committed is not known. */
class Unknown {
  readonly reason: unknown
  constructor(reason: unknown) {
    this.reason = reason
  }
}

function outcome(comer: Comer, answer: unknown): Answer | Promise<Answer> {
  if (answer === ALONE) return comer.alone()
  if (answer instanceof Unknown) return Promise.reject(answer.reason)
  return answer instanceof Refusal ? Promise.reject(answer) : comer.answerOf(answer)
}

const isAnswer = (answer: unknown) => answer !== ALONE && !(answer instanceof Refusal)

// PostgreSQL itself said that it did not commit; the silence of a connection that broke says nothing.
const isRefused = (error: unknown) => /^[0-9A-Z]{5}$/.test((error as { code?: string }).code ?? '') && !isDatabaseAway(error)

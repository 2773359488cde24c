import { Suspense, useEffect } from 'react'
import { whenProofNeeded } from '../../kernel/api.ts'
import { later } from '../../kernel/later.ts'
import { createStore } from '../../kernel/store.ts'
import { withTexts } from '../../kernel/with-texts.ts'

const ProofDialog = later(() => withTexts('problems', () => import('./ProofDialog.tsx')).then((file) => file.ProofDialog))

// Who waits for the answer; null while nobody asks.
const asked = createStore<((isProven: boolean) => void) | null>(null)

function answer(isProven: boolean) {
  asked.get()?.(isProven)
  asked.set(null)
}

/** Opens the dialog where a command needs a fresh proof. */
export function ProofDoor() {
  const isAsked = asked.use() !== null
  useEffect(() => whenProofNeeded(() => new Promise((resolve) => {
    answer(false)
    asked.set(resolve)
  })), [])
  return isAsked && <Suspense><ProofDialog answer={answer} /></Suspense>
}

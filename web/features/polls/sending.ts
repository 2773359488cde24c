import type { PollView } from '../../../server/features/polls/shapes.ts'
import { isPassing } from '../../core/entries/outbox.ts'
import { api, ApiError } from '../../kernel/api.ts'
import { i18n } from '../../kernel/i18n.ts'
import { notifyFailure } from '../../kernel/notify.ts'
import { queryClient } from '../../kernel/query.ts'
import { beforeSignOut } from '../../kernel/session.tsx'
import { blind, unblind } from './ballot.ts'
import { type Ballot, ballots, drop, keep, readKept } from './ballots.ts'

// Between the ballot, which is asked for by name, and the vote, which is not, time passes that says nothing.
const [SOONEST, LATEST] = [2000, 8000]
const LONGEST_PAUSE = 30_000

/** Votes without a name: gets the ballot, and puts it in a little later. */
export async function voteSecretly(poll: string, { key, closes_at, choice }: Pick<Ballot, 'key' | 'closes_at' | 'choice'>) {
  // Another window may have voted.
  if (!readKept().some((ballot) => ballot.poll === poll)) keep({ poll, key, closes_at, choice, blinded: await blind(key) })
  void carry(poll)
}

const carried = new Map<string, Promise<void>>()
const waits = new Set<() => void>()

/** Until it is in the box, or the server said why not. */
export function carry(poll: string): Promise<void> {
  const under = carried.get(poll) ?? deliver(poll).finally(() => carried.delete(poll))
  carried.set(poll, under)
  return under
}

async function deliver(poll: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const ballot = ballots.get()[poll]
    if (!ballot || ballot.box) return
    try {
      await (ballot.signature ? putIn(ballot) : getSigned(ballot))
    } catch (error) {
      if (isPassing(error)) {
        await pause(Math.min(LONGEST_PAUSE, 2000 * 2 ** tries))
        continue
      }
      drop(poll)
      void queryClient.invalidateQueries({ queryKey: ['poll', poll] })
      return notifyFailure(i18n.t('poll-cards:failed'), error)
    }
  }
}

async function getSigned(ballot: Ballot) {
  const { signature } = await api.post<{ signature: string }>(`/entries/${ballot.poll}/ballots`, { blinded: ballot.blinded.blinded }, { key: '' })
  const signed = signatureOf(ballot, signature)
  const wait = SOONEST + Math.random() * (LATEST - SOONEST)
  keep({ ...ballot, signature: signed, at: Math.min(Date.now() + wait, Date.parse(ballot.closes_at) - 2 * LATEST) })
}

/** @throws ApiError when the server gave something else */
function signatureOf({ key, blinded }: Ballot, signature: string): string {
  try {
    return unblind(key, blinded, signature)
  } catch {
    throw new ApiError(422, { code: 'bad_ballot' })
  }
}

async function putIn(ballot: Ballot) {
  await pause(ballot.at! - Date.now())
  const { box } = await send(ballot)
  keep({ ...ballot, box })
  queryClient.setQueryData<PollView>(['poll', ballot.poll], (view) => view && { ...view, ballot: true, box })
}

/** In nobody's name: see docs/decisions/0028. */
const send = ({ poll, blinded: { token }, signature, choice }: Ballot, { isLast = false } = {}) =>
  api.post<{ box: string }>(`/polls/${poll}/box`, { token, signature, chosen: choice }, { key: '', unnamed: true, keepalive: isLast })

/** Ends early when nothing may wait any longer. */
const pause = (ms: number) => ms > 0 && new Promise<void>((resolve) => {
  const end = () => {
    clearTimeout(timer)
    waits.delete(end)
    resolve()
  }
  const timer = setTimeout(end, ms)
  waits.add(end)
})

/** Takes up what earlier pages kept. */
export function resume() {
  for (const { poll, box } of readKept()) if (!box) void carry(poll)
}

const waiting = () => Object.values(ballots.get()).filter(({ signature, box }) => signature && !box)
// The page may not come back. Whether it arrived, the next page asks by putting it in again.
window.addEventListener('pagehide', () => {
  for (const ballot of waiting()) void send(ballot, { isLast: true }).catch(() => {})
})
beforeSignOut(async () => {
  for (const end of waits) end()
  await Promise.race([Promise.all(carried.values()), new Promise((resolve) => setTimeout(resolve, 3000))])
})

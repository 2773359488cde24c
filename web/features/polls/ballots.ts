import { currentMe } from '../../kernel/session.tsx'
import { createStore } from '../../kernel/store.ts'
import type { Blinded } from './ballot.ts'
import { keptOf } from './kept.ts'

/**
 * An anonymous vote as this browser keeps it until its poll closes: nobody else could say what it was, and after a crash of the
 * server it is put in again. `signature`: once the ballot was given; `at`: when it goes; `box`: in which it lies.
 */
export type Ballot = { poll: string; closes_at: string; choice: string[]; key: string; blinded: Blinded; signature?: string; at?: number; box?: string }

/** By poll. */
export const ballots = createStore<Record<string, Ballot>>({})

// A poll is closed within a minute of its moment, and whoever looks at it then forgets it.
const LONGEST = 3_600_000
const prefix = () => keptOf(currentMe()!.id)

export function keep(ballot: Ballot) {
  try {
    localStorage.setItem(prefix() + ballot.poll, JSON.stringify(ballot))
  } catch {
    // A full or forbidden storage must not keep anything from being sent.
  }
  ballots.set({ ...ballots.get(), [ballot.poll]: ballot })
}

export function drop(poll: string) {
  localStorage.removeItem(prefix() + poll)
  const { [poll]: _, ...others } = ballots.get()
  ballots.set(others)
}

/** What earlier pages, and other windows, kept; what is over is forgotten. */
export function readKept(): Ballot[] {
  const left = Object.keys(localStorage).filter((name) => name.startsWith(prefix())).map((name) => JSON.parse(localStorage.getItem(name)!) as Ballot)
  ballots.set({ ...ballots.get(), ...Object.fromEntries(left.map((ballot) => [ballot.poll, ballot])) })
  for (const { poll, closes_at } of left) if (Date.parse(closes_at) + LONGEST < Date.now()) drop(poll)
  return Object.values(ballots.get())
}

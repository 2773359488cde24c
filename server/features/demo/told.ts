import type { Character } from './cast.ts'
import type { Argument, Fact } from './script.ts'

/** The one who fills the network: demo people speak to them. */
export type Owner = { id: string; handle: string; name: string }
export type Person = Character & { id: string; handle: string; ms: number; profile: string }
export type Space = {
  id: string; kind: 'community' | 'direct' | 'profile'; visibility: 'open' | 'closed' | 'secret'; ms: number
  name: string; purpose: string; audience: string; people: string[]; hosts: string[]; owner: string | null
  /** how many of its newest entries the owner has not read (of a conversation: today's); null when they are not in it */
  unread: number | null
}
export type Entry = {
  id: string; ms: number; space: Space; author: string; kind: 'update' | 'message' | 'fact' | 'decision' | 'poll' | 'argument' | 'idea' | 'idea_step' | 'task' | 'task_step'; root: string | null; parent: string | null
  title: string; body: string; edited: { ms: number; body: string; wrong: string; right: string; isCorrection: boolean } | null; reactions: { person: string; emoji: string; ms: number }[]
  decision: string | null; argument: Argument | null; poll: string | null
  fact: Fact | null
  /** who saw a fact so, too */
  seen: { person: string; ms: number }[]
}

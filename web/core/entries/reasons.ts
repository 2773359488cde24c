import type { ComponentType } from 'react'

type Reason = {
  /** a text of the feature's own: 'mentions:mentions_you' */
  text: string
  Icon?: ComponentType<{ size?: number | string; stroke?: number }>
}
const reasons = new Map<string, Reason>()

/**
 * What is said where an entry concerns somebody for this reason, which the feature declared on the server; in its feature.ts.
 * @example defineReason('task', { text: 'tasks:assigned_to_you' })
 */
export const defineReason = (name: string, reason: Reason): void => void reasons.set(name, reason)

/** The text and sign of a reason; what this build does not know yet simply concerns one. */
export const findReason = (name: string): Reason => reasons.get(name) ?? { text: 'inbox:concerns_you' }

/** The namespaces with these texts, for pages that show reasons. */
export const reasonTexts = (): string[] => [...new Set([...reasons.values()].map(({ text }) => text.split(':')[0]))]

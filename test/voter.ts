import type { Client, Json } from '../server/scene.ts'
import { blind, unblind } from '../web/features/polls/ballot.ts'

export type Ballot = { token: string; signature: string }

/** Gets somebody's ballot for an anonymous poll, as their browser does. */
export async function ballotOf(by: Client, poll: { id: string }): Promise<Ballot> {
  const { key } = await by.get(`/entries/${poll.id}/poll`)
  const blinded = await blind(key)
  const { signature, ...problem } = await by.post(`/entries/${poll.id}/ballots`, { blinded: blinded.blinded })
  if (!signature) throw new Error(JSON.stringify(problem))
  return { token: blinded.token, signature: unblind(key, blinded, signature) }
}

/** Puts a vote in, as nobody. */
export async function putIn(url: string, poll: { id: string }, ballot: object, chosen: string[]): Promise<Json> {
  const answer = await fetch(`${url}/api/v1/polls/${poll.id}/box`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...ballot, chosen }) })
  return answer.json()
}

export const voteSecretly = async (by: Client, poll: { id: string }, chosen: string[]): Promise<Json> => putIn(by.url, poll, await ballotOf(by, poll), chosen)

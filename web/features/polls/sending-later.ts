import { drop, keep, readKept } from './ballots.ts'

/** Blinds, asks, puts in: fetched when somebody votes without a name. */
export const sending = () => import('./sending.ts')

/** Puts a vote in again where the box it lay in is lost; it is forgotten with its poll. */
export function lookAfter(poll: string, { isOpen, box }: { isOpen: boolean; box: string | null }) {
  const ballot = readKept().find((one) => one.poll === poll)
  if (!ballot) return
  if (!isOpen) return drop(poll)
  if (!ballot.box || ballot.box === box) return
  keep({ ...ballot, box: undefined })
  void sending().then(({ carry }) => carry(poll), () => {})
}

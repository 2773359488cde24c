// All that polls need beyond the first view, in one piece: the first view names each piece that may follow.
export { PollCard } from './PollCard.tsx'
export { PollFields } from './PollFields.tsx'

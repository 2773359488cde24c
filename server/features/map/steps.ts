const FIFTHS = 5
const LINK_FROM = [0.03, 0.1, 0.2, 0.35]

/** A share in fifths, 0 … 4; -1 where it is not told. Coarse, so that one person changes next to nothing. */
export const stepOfShare = (share: number | null): number => (share === null ? -1 : Math.min(FIFTHS - 1, Math.floor(share * FIFTHS)))

/** How strong a link is, 0 … 4, by the share of all that its less busy side has to do with anybody. */
export const stepOfLink = (share: number): number => LINK_FROM.filter((from) => share >= from).length

/** A share in per cent, in steps of five. */
export const inFives = (share: number): number => 5 * Math.round(20 * share)

/** Whether two regions have less (-1) or more (1) to do with each other than by chance, where it is at least a factor of two. */
export const stepOfChance = (ratio: number): number => (ratio < 0.5 ? -1 : ratio > 2 ? 1 : 0)

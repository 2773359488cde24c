/** Numbers from 0 inclusive to 1 exclusive, the same ones for the same seed. */
export type Random = () => number

/** A generator of 32 bits of state (mulberry32 by T. Ettinger, public domain): fast, and good enough to choose by. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296
  }
}

/** Puts an array in an order that chance decides (Fisher, Yates), and returns it. */
export function shuffle<T extends Uint32Array>(items: T, random: Random): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const other = items[i]
    items[i] = items[j]
    items[j] = other
  }
  return items
}

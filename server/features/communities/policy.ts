/** How many have to say yes before a home opens: a quarter of those it is for, and three at least. */
export const neededFor = (size: number): number => Math.min(size, Math.max(3, Math.ceil(size / 4)))

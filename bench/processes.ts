import { readdirSync, readFileSync } from 'node:fs'

// Hundredths of a second, as Linux counts them (proc(5), fields 14 and 15 of stat); the name in field 2 may hold spaces.
const TICKS = 100
const statOf = (pid: number) => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), gone: Number(fields[13]) + Number(fields[14]) }
  } catch {
    return null
  }
}

/** All processes below one, by their numbers; Linux only. */
export function descendants(of: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (stat) parents.set(Number(name), stat.parent)
  }
  const found: number[] = []
  for (let next = [of]; next.length;) {
    next = [...parents].filter(([, parent]) => next.includes(parent)).map(([pid]) => pid)
    found.push(...next)
  }
  return found
}

/** Seconds of a core that processes, and all below them, have taken up to now. */
export const cpuSeconds = (roots: number[]): number =>
  [...new Set(roots.flatMap((root) => [root, ...descendants(root)]))].reduce((sum, pid) => {
    const stat = statOf(pid)
    return sum + (stat ? stat.ticks + stat.gone : 0)
  }, 0) / TICKS

/** What of one sort was not carried: how much of it, why, and a few examples. */
export type Loss = { code: string; what: string; count: number; why: string; examples: string[] }

/** What every report of an import holds; each importer adds how much of its own sorts was carried. */
export type Report = {
  /** everything that becomes an entry, whatever became of it */
  entries: number
  archive: { files: number; bytes: number; days: number; first: string | null; last: string | null }
  losses: Loss[]
}

const mostExamples = 20

/** Collects a report while an archive is read. Its size does not grow with the archive. */
export class Tally<Sort extends string, Reason extends string> {
  /** While something private is read, nothing of it is quoted: more people may read the report. */
  discreet = false
  readonly carried: Record<Sort, number>
  entries = 0
  private readonly reasons: Record<Reason, [string, string]>
  private readonly losses = new Map<Reason, { count: number; examples: Set<string> }>()
  private readonly met = new Set<string>()

  /** @param reasons in the order of the report, what is lost and why: what is there instead */
  constructor(sorts: readonly Sort[], reasons: Record<Reason, [string, string]>) {
    this.carried = Object.fromEntries(sorts.map((sort) => [sort, 0])) as Record<Sort, number>
    this.reasons = reasons
  }

  add(sort: Sort, count = 1): void {
    this.carried[sort] += count
  }

  /** Notes something that is not carried; `example` names it for people, and is kept for the first few. */
  lose(reason: Reason, example: string, count = 1): void {
    if (!count) return
    const loss = this.losses.get(reason) ?? { count: 0, examples: new Set() }
    loss.count += count
    if (loss.examples.size < mostExamples && example && !this.discreet) loss.examples.add([...example.slice(0, 400)].slice(0, 200).join(''))
    this.losses.set(reason, loss)
  }

  /** The same for something that may stand in several places of the archive. */
  loseOnce(reason: Reason, id: string, example: string): void {
    if (this.met.has(id)) return
    this.met.add(id)
    this.lose(reason, example)
  }

  report(archive: Report['archive']): Report & Record<Sort, number> {
    return { ...this.carried, entries: this.entries, archive, losses: this.lossesNow() }
  }

  lossesNow(): Loss[] {
    return (Object.keys(this.reasons) as Reason[])
      .filter((code) => this.losses.has(code))
      .map((code) => {
        const { count, examples } = this.losses.get(code)!
        return { code, what: this.reasons[code][0], count, why: this.reasons[code][1], examples: [...examples] }
      })
  }
}

/** A report as lines for a terminal; what was read is said in the words of its kind. */
export function describe({ losses, entries, archive, ...carried }: Report, words: { read: string; entries: string }): string {
  const lines = [words.read, '', line(entries, words.entries)]
  for (const [sort, count] of Object.entries(carried)) if (count) lines.push(line(Number(count), sort.replaceAll('_', ' ')))
  lines.push('', losses.length ? 'Not carried, or changed:' : 'Everything was carried.')
  for (const { what, why, count, examples } of losses) {
    lines.push(line(count, `${what}. ${why}`))
    if (examples.length)
      lines.push(`             ${examples.slice(0, 3).join(' · ')}${examples.length > 3 ? ' · …' : ''}`)
  }
  return lines.join('\n')
}

const line = (count: number, words: string) => `${String(count).padStart(9)}  ${words}`

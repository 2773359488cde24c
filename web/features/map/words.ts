import type { TFunction } from 'i18next'
import type { Link, Region } from './queries.ts'

/** How a region is called: by its label, the space of its people, or the words they use. */
export function nameOf(t: TFunction, { by, label, space, words, people }: Region): string {
  if (label) return label
  if (by !== 'community') return t('others')
  if (space) return space.name
  return words.length ? words.join(' · ') : t('nameless', { people })
}

/** "At least 16 people. About half of what they say stays among them." */
export const factsOf = (t: TFunction, region: Region, frame: number): string =>
  [t('at_least', { count: region.people }), withinOf(t, region, frame)].join(' ')

export function withinOf(t: TFunction, { within }: Region, frame: number): string {
  const step = within[frame]
  return step === null || step === undefined ? t('within.none') : t(`within.${step}`)
}

/** A month in words, or all of it. */
export function frameName(t: TFunction, months: string[], frame: number): string {
  const month = months[frame]
  if (!month) return t('overall')
  return new Date(`${month}-01T00:00:00Z`).toLocaleDateString(t('kernel:locale'), { month: 'long', year: 'numeric', timeZone: 'UTC' })
}

export type Tied = { region: Region; strength: number; against: number }

/** The regions that one is tied with, the strongest first. */
export function tiedWith(id: string, regions: Region[], links: Link[], frame: number): Tied[] {
  const byId = new Map(regions.map((region) => [region.id, region]))
  return links.filter(({ a, b }) => a === id || b === id)
    .map(({ a, b, strength, against_chance }) => ({ region: byId.get(a === id ? b : a)!, strength: strength[frame], against: against_chance }))
    .filter(({ region, strength }) => region && strength > 0).sort((a, b) => b.strength - a.strength || b.region.people - a.region.people)
}

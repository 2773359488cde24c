import type { Logo } from '../types.ts'
import classes from './NetworkMark.module.css'

const SEATS = [[23.39, 7.19], [27.33, 14], [25.96, 21.75], [19.93, 26.81], [12.07, 26.81], [6.04, 21.75], [4.67, 14], [8.61, 7.19]]
const WIDE = 2.2

/** Whether a logo is as wide as writing: then it says the name by itself. */
export const isWritten = (logo: Logo | null | undefined): boolean => {
  const one = logo?.light ?? logo?.dark
  return !!one && one.width > one.height * WIDE
}

/** The logo of the network, for a light page and for a dark one; where it has none, a ring of people, one of them speaking. */
export function NetworkMark({ logo, name = '', size = 30 }: { logo?: Logo | null; /** what the logo says, where nothing beside it does */ name?: string; size?: number }) {
  if (!logo) return <Ring size={size} />
  const shades = (['light', 'dark'] as const).map((shade) => ({ shade, at: logo[shade] ?? logo[shade === 'light' ? 'dark' : 'light']!, isOwn: !!logo[shade] }))
  return shades.map(({ shade, at, isOwn }) => (
    <img key={shade} src={at.url} alt={name} width={at.width} height={at.height} className={classes.logo} data-shade={shade} data-plate={!isOwn || undefined} style={{ height: size }} />
  ))
}

function Ring({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <circle cx="16" cy="4.5" r="3.4" fill="var(--amber)" />
      {SEATS.map(([x, y]) => <circle key={`${x}${y}`} cx={x} cy={y} r="2.5" fill="var(--moss)" />)}
    </svg>
  )
}

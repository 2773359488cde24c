import type { Logo as Pictures } from '../types.ts'
import classes from './Logo.module.css'

/** The picture of the network for a light page, and the one for a dark one. */
export function Logo({ logo, name, size }: { logo: Pictures; name: string; size: number }) {
  const shades = (['light', 'dark'] as const).map((shade) => ({ shade, at: logo[shade] ?? logo[shade === 'light' ? 'dark' : 'light']!, isOwn: !!logo[shade] }))
  return shades.map(({ shade, at, isOwn }) => (
    <img key={shade} src={at.url} alt={name} width={at.width} height={at.height} className={classes.logo} data-shade={shade} data-plate={!isOwn || undefined} style={{ height: size }} />
  ))
}

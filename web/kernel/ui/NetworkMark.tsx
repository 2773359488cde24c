import { Suspense } from 'react'
import { later } from '../later.ts'
import type { Logo as Pictures } from '../types.ts'

const SEATS = [[23.39, 7.19], [27.33, 14], [25.96, 21.75], [19.93, 26.81], [12.07, 26.81], [6.04, 21.75], [4.67, 14], [8.61, 7.19]]
const WIDE = 2.2

/** Whether a logo is as wide as writing: then it says the name by itself. */
export const isWritten = (logo: Pictures | null | undefined): boolean => {
  const one = logo?.light ?? logo?.dark
  return !!one && one.width > one.height * WIDE
}

const Logo = later(() => import('./Logo.tsx').then((file) => file.Logo))

/** The logo of the network, where it has one; else a ring of people, one of them speaking. */
export function NetworkMark({ logo, name = '', size = 30 }: { logo?: Pictures | null; /** what the logo says, where nothing beside it does */ name?: string; size?: number }) {
  return logo ? <Suspense fallback={<span style={{ height: size }} />}><Logo logo={logo} name={name} size={size} /></Suspense> : <Ring size={size} />
}

function Ring({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <circle cx="16" cy="4.5" r="3.4" fill="var(--amber)" />
      {SEATS.map(([x, y]) => <circle key={`${x}${y}`} cx={x} cy={y} r="2.5" fill="var(--moss)" />)}
    </svg>
  )
}

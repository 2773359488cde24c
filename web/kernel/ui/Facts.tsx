import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** Figures in words: what it is about, the number, and what the number says. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>
}

/** One figure; without a number it only says why there is none. */
export function Fact({ name, value, children }: { name: string; value?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{value !== undefined && <><strong>{value}</strong> </>}<span className={value === undefined ? classes.untold : undefined}>{children}</span></dd>
    </div>
  )
}

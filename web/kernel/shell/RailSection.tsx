import type { ReactNode } from 'react'
import classes from './Rail.module.css'

/** A headed group of links in the rail; `action` is a small button at its right. */
export function RailSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <div className={classes.group}><span>{title}</span>{action}</div>
      {children}
    </section>
  )
}

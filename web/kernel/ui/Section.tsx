import type { ReactNode } from 'react'
import classes from './Section.module.css'

/** A headed part of a page. */
export function Section({ title, lead, action, children }: { title: string; lead?: ReactNode; action?: ReactNode; children?: ReactNode }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}><h2>{title}</h2>{action}</div>
      {lead && <p className={classes.lead}>{lead}</p>}
      {children}
    </section>
  )
}

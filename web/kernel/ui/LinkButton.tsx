import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './LinkButton.module.css'

/** A link that looks like a button: the next thing to do leads to another page. */
export function LinkButton({ to, children }: { to: string; children: ReactNode }) {
  return <Link to={to} className={classes.button}>{children}</Link>
}

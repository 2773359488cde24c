import type { ReactNode } from 'react'
import classes from './FormError.module.css'

/** Why a form was not taken, said aloud and beside the button. */
export function FormError({ children }: { children: ReactNode }) {
  return <div role="alert" className={classes.error}>{children}</div>
}

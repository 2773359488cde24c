import type { ComponentProps } from 'react'
import classes from './PlainButton.module.css'

/** A button for what is second in importance. Of the first view, and so without a library. */
export function PlainButton({ busy, ...rest }: ComponentProps<'button'> & { busy?: boolean }) {
  return <button type="button" className={classes.button} aria-busy={busy || undefined} disabled={busy} {...rest} />
}

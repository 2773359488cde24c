import classes from './NewLine.module.css'

/** A line across a list: what is new begins here, or another day. */
export function NewLine({ children, isQuiet, id }: { children: string; isQuiet?: boolean; id?: string }) {
  return <div id={id} className={classes.line} data-quiet={isQuiet || undefined} role="separator" aria-label={children}>{children}</div>
}

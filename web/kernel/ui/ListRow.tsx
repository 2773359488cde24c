import type { ComponentType, ReactNode } from 'react'
import classes from './ListRow.module.css'

type Props = { Icon?: ComponentType<{ size?: number | string; stroke?: number }>; title: ReactNode; text?: ReactNode; aside?: ReactNode }

/** A thing in a list of settings: what it is, a line about it, and what may be done. */
export function ListRow({ Icon, title, text, aside }: Props) {
  return (
    <div className={classes.row}>
      {Icon && <span className={classes.icon} aria-hidden><Icon size={20} stroke={1.5} /></span>}
      <div className={classes.words}>
        <div className={classes.title}>{title}</div>
        {text && <div className={classes.text}>{text}</div>}
      </div>
      {aside && <div className={classes.aside}>{aside}</div>}
    </div>
  )
}

import type { ComponentType, ReactNode } from 'react'
import classes from './States.module.css'

type Props = { title: string; children?: ReactNode; action?: ReactNode; Icon?: ComponentType<{ size?: number | string; stroke?: number }> }

/** Nothing here yet, and what to do next. */
export function EmptyState({ title, children, action, Icon }: Props) {
  return (
    <div className={classes.state}>
      {Icon && <span className={classes.icon} aria-hidden><Icon size={26} stroke={1.5} /></span>}
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  )
}

import type { ReactNode } from 'react'
import classes from './Chip.module.css'

type Props = { tone?: 'moss' | 'amber' | 'berry' | 'plain'; Icon?: React.ComponentType<{ size?: number | string; stroke?: number }>; children: ReactNode }

/** A state in the thing's own words: Answered, Archived, Closed. */
export function Chip({ tone = 'moss', Icon, children }: Props) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {Icon && <Icon size={14} stroke={1.75} />}
      {children}
    </span>
  )
}

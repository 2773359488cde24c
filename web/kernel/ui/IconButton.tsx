import type { ComponentProps } from 'react'
import classes from './IconButton.module.css'

type Props = ComponentProps<'button'> & {
  /** What it does, for those who hear it and on pointing at it. */
  label: string
  size?: number
  outlined?: boolean
}

/** A small button that shows only an icon. Of the first view, and so without a library. */
export function IconButton({ label, size = 28, outlined, className = '', style, ...rest }: Props) {
  return (
    <button type="button" aria-label={label} title={label} data-outlined={outlined || undefined} className={`${classes.button} ${className}`}
      style={{ width: size, height: size, ...style }} {...rest} />
  )
}

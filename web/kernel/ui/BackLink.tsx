import { Link } from '@tanstack/react-router'
import { IconArrowLeft } from '@tabler/icons-react'
import classes from './BackLink.module.css'

/** The arrow before a page's title that leads to where it belongs. */
export function BackLink({ to, label }: { to: string; label: string }) {
  return <Link to={to} className={classes.back} aria-label={label} title={label}><IconArrowLeft size={19} stroke={1.75} /></Link>
}

import { Link } from '@tanstack/react-router'
import classes from './TabLinks.module.css'

/** Pages that belong together, below the bar. They are links: each has its address. */
export function TabLinks({ label, tabs }: { label: string; tabs: { to: string; text: string; count?: number }[] }) {
  return (
    <nav className={classes.tabs} aria-label={label}>
      <div className={classes.inner}>
        {tabs.map(({ to, text, count }) => (
          <Link key={to} to={to} activeProps={{ 'data-on': true, 'aria-current': 'page' } as object}>
            {text}{!!count && <span className={classes.count}>{count}</span>}
          </Link>
        ))}
      </div>
    </nav>
  )
}

import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import classes from './TabLinks.module.css'

const ON = { 'data-on': true, 'aria-current': 'page' } as object

/** Pages that belong together, below the bar. They are links: each has its address; the first one also that of all of them. */
export function TabLinks({ label, tabs }: { label: string; tabs: { to: string; text: string; count?: number }[] }) {
  const { pathname } = useLocation()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const here = nav.current?.querySelector('[aria-current]')
    here?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [pathname])
  return (
    <nav ref={nav} className={classes.tabs} aria-label={label}>
      <div className={classes.inner}>
        {tabs.map(({ to, text, count }, at) => (
          <Link key={to} to={to} {...(at === 0 && to.startsWith(`${pathname}/`) && ON)} activeProps={ON}>
            <span data-text={text}>{text}</span>{!!count && <span className={classes.count}>{count}</span>}
          </Link>
        ))}
      </div>
    </nav>
  )
}

import type { ComponentProps, ReactNode } from 'react'
import { PageHeader } from './PageHeader.tsx'
import classes from './Page.module.css'

type Props = ComponentProps<typeof PageHeader> & { below?: ReactNode; children: ReactNode }

/** A page: the bar, what stays below it (tabs), and the reading column that scrolls. */
export function Page({ children, below, ...header }: Props) {
  return (
    <div className={classes.page}>
      <PageHeader {...header} />
      {below}
      <Scroll>{children}</Scroll>
    </div>
  )
}

/** The scrolling part of a page with its column of at most 720 px. */
export function Scroll({ children }: { children: ReactNode }) {
  return (
    <div id="scroll" data-scroll-restoration-id="page" className={classes.scroll}>
      <div className={classes.column}>{children}</div>
    </div>
  )
}

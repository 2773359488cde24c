import { Suspense } from 'react'
import { entryExtensions } from './extensions.ts'
import { useThreadOf } from './strips.ts'
import classes from './Thread.module.css'

/** What features offer for a whole thread, in the line above it. */
export function ThreadTools({ id }: { id: string }) {
  const { data: thread } = useThreadOf(id)
  if (!thread || thread.root.state !== 'published') return null
  return <span className={classes.tools}><Suspense>{entryExtensions.thread.map((Tool, at) => <Tool key={at} root={thread.root} />)}</Suspense></span>
}

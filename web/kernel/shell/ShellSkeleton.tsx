import { EntrySkeletons } from '../ui/Skeletons.tsx'
import classes from './Shell.module.css'
import rail from './Rail.module.css'
import page from '../ui/Page.module.css'

/** The outline of the frame before it is known who is there. */
export function ShellSkeleton() {
  return (
    <div className={classes.app}>
      <div className={rail.rail} />
      <main id="main" className={classes.main}>
        <div className={page.scroll}><div className={page.column}><EntrySkeletons /></div></div>
      </main>
    </div>
  )
}

import { IconChevronDown } from '@tabler/icons-react'
import { useLayoutEffect, useRef, useState } from 'react'
import { ActionMenu } from './ActionMenu.tsx'
import classes from './TabRow.module.css'

type Tab = { name: string; label: string }

/**
 * Ways to look at one thing, in one line at every width and in every language: what does not fit stands in a menu behind it, which
 * is called like the one that is shown when that is in there.
 */
export function TabRow({ tabs, shown, more, choose }: { tabs: Tab[]; shown: string; more: string; choose: (name: string) => void }) {
  const row = useRef<HTMLDivElement>(null)
  const [fit, setFit] = useState(tabs.length)
  const labels = tabs.map(({ label }) => label).join('\n')
  useLayoutEffect(() => {
    const look = () => setFit(fitting(row.current!))
    look()
    const watch = new ResizeObserver(look)
    watch.observe(row.current!)
    return () => watch.disconnect()
  }, [labels])
  const behind = tabs.slice(fit)
  const hidden = behind.find(({ name }) => name === shown)
  return (
    <>
      <div ref={row} className={classes.row}>
        {tabs.map(({ name, label }, at) => (
          <button key={name} type="button" className={classes.tab} data-text={label} data-behind={at >= fit || undefined} aria-pressed={shown === name}
            onClick={() => shown !== name && choose(name)}>{label}</button>
        ))}
      </div>
      {behind.length > 0 && (
        <span className={classes.more} data-on={hidden && true}>
          <ActionMenu label={more} className={classes.tab} entries={behind.map(({ name, label }) => ({ label, checked: name === shown, run: () => choose(name) }))}>
            {hidden?.label ?? more}<IconChevronDown size={14} stroke={2} aria-hidden />
          </ActionMenu>
        </span>
      )}
    </>
  )
}

/** How many stand in the first line; the others wrap below it, where they are not seen. */
function fitting(row: HTMLElement): number {
  const tabs = [...row.children] as HTMLElement[]
  const below = tabs.findIndex((tab) => tab.offsetTop > tabs[0]!.offsetTop)
  return below < 0 ? tabs.length : below
}

import type { ComponentType } from 'react'
import type { LiveEvent } from './types.ts'

/**
 * A route. `bare` pages stand without rail and without a signed-in person (first run, sign-in, invitation).
 * `texts`: the namespaces it needs beyond those of the first view (those in the folders `later` of web/locales).
 */
export type PageSpec = { path: string; bare?: boolean; texts?: string[]; load: () => Promise<ComponentType> }

/** What a feature adds to the web app; everything optional. The list of them is web/app.tsx. */
export type Feature = {
  name: string
  pages?: PageSpec[]
  /** How an event of the log changes the cache. The only place of the feature that knows event types. */
  live?: (event: LiveEvent) => void
  slots?: {
    /** A section of the left rail, below the navigation. */
    rail?: ComponentType
    /** What stands at the right while ?thread=ID is in the address; alone where there is no room for both. */
    thread?: ComponentType<{ id: string; close: () => void; isAlone: boolean }>
    /** Mounted for as long as somebody is signed in: dialogs, shortcuts. */
    overlay?: ComponentType
  }
}

/**
 * One line of the main navigation. `badge` counts what is for me, and is shown in moss.
 * `parts`: the pages below it have lines of their own in the rail, which are then the present ones.
 */
export type NavItem = {
  path: string
  label: string
  Icon: ComponentType<{ size?: number | string; stroke?: number }>
  badge?: () => number
  parts?: boolean
}

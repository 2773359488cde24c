import type { ComponentType, ReactNode } from 'react'
import type { Space } from '../../kernel/types.ts'

/** What features add to the page of a community; filled by their feature.ts, in the order of the list in app.tsx. */
export const spaceExtensions = {
  /** Below the head of a space or a conversation. */
  heads: [] as ComponentType<{ space: Space }>[],
  /** Beside its threads: `?view=…` in the address, a key of a translation, and what is shown then, with the choice of views in its place. */
  tabs: [] as { view: string; label: string; Body: ComponentType<{ space: Space; views: ReactNode }> }[],
  /** Below its charter, for hosts: each is kept as soon as it is changed. */
  settings: [] as ComponentType<{ space: Space }>[],
}

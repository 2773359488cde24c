import type { MantineColorScheme, MantineColorSchemeManager } from '@mantine/core'

const KEPT = 'folkmoot.theme'

/** Keeps the choice where theme.js reads it before the first paint. */
export const schemeManager: MantineColorSchemeManager = {
  get: (otherwise) => {
    const kept = localStorage.getItem(KEPT)
    return kept === 'light' || kept === 'dark' || kept === 'auto' ? kept : otherwise
  },
  set: (scheme: MantineColorScheme) => localStorage.setItem(KEPT, scheme),
  subscribe: () => {},
  unsubscribe: () => {},
  clear: () => localStorage.removeItem(KEPT),
}

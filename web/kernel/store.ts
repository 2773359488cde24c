import { useSyncExternalStore } from 'react'

/** A value outside of React that components can watch: for things of the whole window, such as an open palette. */
export function createStore<T>(value: T) {
  const watchers = new Set<() => void>()
  const watch = (watcher: () => void) => {
    watchers.add(watcher)
    return () => {
      watchers.delete(watcher)
    }
  }
  const get = () => value
  const set = (next: T) => {
    value = next
    for (const watcher of watchers) watcher()
  }
  return { get, set, use: () => useSyncExternalStore(watch, get) }
}

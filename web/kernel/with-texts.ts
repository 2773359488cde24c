import { loadTexts } from './i18n.ts'

/** A module that comes later, with the texts it says: `withTexts('threads', () => import('./menu.ts'))`. */
export const withTexts = async <T>(namespace: string, load: () => Promise<T>): Promise<T> =>
  (await Promise.all([load(), loadTexts([namespace])]))[0]

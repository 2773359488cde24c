import { entryKeys } from '../../core/entries/keys.ts'
import { usePages } from '../../kernel/query.ts'
import type { FeedEntry } from '../../kernel/types.ts'

/** The threads of the spaces one follows, the newest activity first; all, or those with something unread. */
export const useHome = (tab: 'latest' | 'unread') => usePages<FeedEntry>(entryKeys.home(tab), '/home', tab === 'unread' ? { unread: true } : {})

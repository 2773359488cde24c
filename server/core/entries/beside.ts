import { type RawBuilder, sql } from 'kysely'
import { declare } from '../../kernel/declared.ts'

/** A text for an alias of `entries`, null where there is none. */
type Beside = (entry: string) => RawBuilder<unknown>
const texts = new Map<string, Beside>()

/** Declares words that stand with an entry and are found like its own, in a feature's schema.ts; the feature tells of a change to them in a fact that the search hears. */
export const defineWordsBeside = (name: string, words: Beside): void => void declare(texts, 'words beside entries', name, words)

/** All of them, as one text. */
export const wordsBeside: (entry: string) => RawBuilder<string> = (entry) => sql<string>`concat_ws(chr(10), ${sql.join([...texts.values()].map((words) => words(entry)))})`

import { type RawBuilder, sql } from 'kysely'

// Every query that asks who counts, who is told, who may be chosen, asks it here; the boundary check refuses another copy.
// `person` is an alias of `people` in the query.

/** Is one of the people of this network: with an account, or known from an import. Not who was let go, nor who holds words for another. */
export const takesPart = (person = 'people'): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${person}.state`)} <> 'deactivated'`

/** Has an account and uses it: can be told, asked and made responsible. */
export const isHere = (person = 'people'): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${person}.state`)} = 'active'`

/** Somebody, and not a program that writes as a bot. */
export const isHuman = (person = 'people'): RawBuilder<boolean> => sql<boolean>`${sql.ref(`${person}.kind`)} = 'person'`

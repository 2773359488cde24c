/** Where a browser keeps somebody's ballots, each under the id of its poll. */
export const keptOf = (me: string) => `folkmoot.ballot.${me}.`

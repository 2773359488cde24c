/** Which connections have which spaces on their screen. */
export class Watching<C> {
  readonly #bySpace = new Map<string, Set<C>>()
  readonly #byConnection = new Map<C, readonly string[]>()

  /** From now on these and no others. */
  set(connection: C, spaces: readonly string[]): void {
    for (const space of this.#byConnection.get(connection) ?? []) this.#forget(connection, space)
    for (const space of spaces) (this.#bySpace.get(space) ?? this.#bySpace.set(space, new Set()).get(space)!).add(connection)
    if (spaces.length) this.#byConnection.set(connection, spaces)
    else this.#byConnection.delete(connection)
  }

  of(space: string | null): Iterable<C> {
    return this.#bySpace.get(space ?? '') ?? []
  }

  /** Ends it for those who may not any more. */
  keep(space: string, may: (connection: C) => boolean): void {
    for (const connection of [...this.of(space)]) {
      if (may(connection)) continue
      this.#byConnection.set(connection, this.#byConnection.get(connection)!.filter((one) => one !== space))
      this.#forget(connection, space)
    }
  }

  #forget(connection: C, space: string): void {
    const all = this.#bySpace.get(space)
    all?.delete(connection)
    if (!all?.size) this.#bySpace.delete(space)
  }
}

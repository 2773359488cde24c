/** Returned for data that an event outdates in a way only the server can tell. */
export const STALE = Symbol('stale')
/** The same for data of which an event tells a part: that is shown at once, and the whole is asked for. */
export class Again {
  readonly data: unknown
  constructor(data: unknown) {
    this.data = data
  }
}

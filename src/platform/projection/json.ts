/** An answer that PostgreSQL wrote: passed through to the wire, never parsed on the way. */
export class Json {
  constructor(
    readonly text: string,
    /** The id of the single resource inside, when there is one. */
    readonly id: string | null = null,
  ) {}
}

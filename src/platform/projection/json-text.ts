/** What is known of an answer without reading it. */
interface About {
  /** The id of the single resource inside, when there is one. */
  readonly id: string | null;
  /** Its version, which its entity tag begins with. */
  readonly version: number | null;
  /** Was the resource made just now? */
  readonly created: boolean;
  /** Is it a page of resources? */
  readonly isPage: boolean;
}

/** An answer that PostgreSQL wrote: passed through to the wire, never parsed on the way. */
export class JsonText implements About {
  readonly id: string | null;
  readonly version: number | null;
  readonly created: boolean;
  readonly isPage: boolean;

  constructor(
    readonly text: string,
    { id = null, version = null, created = false, isPage = false }: Partial<About> = {},
  ) {
    this.id = id;
    this.version = version;
    this.created = created;
    this.isPage = isPage;
  }

  /** Inside an answer that is written by hand. */
  toJSON(): unknown {
    return JSON.parse(this.text) as unknown;
  }
}

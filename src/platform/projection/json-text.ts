/** Facts about an answer that need no parsing. */
interface About {
  /** The id of the single resource inside, if there is one. */
  readonly id: string | null;
  /** Its version, with which its entity tag begins. */
  readonly version: number | null;
  /** Whether the resource was just created. */
  readonly created: boolean;
  /** Whether it is a page of resources. */
  readonly isPage: boolean;
}

/** An answer that PostgreSQL wrote: sent unchanged, without parsing. */
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

  /** Used when it is part of another object. */
  toJSON(): unknown {
    return JSON.parse(this.text) as unknown;
  }
}

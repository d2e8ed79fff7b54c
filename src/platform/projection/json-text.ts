import type { Type } from '@nestjs/common';
import type { ObjectView } from './view.js';

/** What was read of a resource: with its id, it can be read again. */
export interface Origin {
  readonly type: Type;
  readonly view: ObjectView;
}

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
  /** How the single resource was read; null if there is none. */
  readonly origin: Origin | null;
}

/** An answer that PostgreSQL wrote: sent unchanged, without parsing. */
export class JsonText implements About {
  readonly id: string | null;
  readonly version: number | null;
  readonly created: boolean;
  readonly isPage: boolean;
  readonly origin: Origin | null;

  constructor(
    readonly text: string,
    { id = null, version = null, created = false, isPage = false, origin = null }: Partial<About> = {},
  ) {
    this.id = id;
    this.version = version;
    this.created = created;
    this.isPage = isPage;
    this.origin = origin;
  }

  /** Used when it is part of another object. */
  toJSON(): unknown {
    return JSON.parse(this.text) as unknown;
  }
}

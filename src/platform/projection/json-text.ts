import type { Type } from '@nestjs/common';
import { LARGEST_ANSWER, tooLarge } from '../errors/answer-size.js';
import type { ObjectView } from './view.js';

/** What was read of a resource: with its id, it can be read again. */
export interface Origin {
  readonly type: Type;
  readonly view: ObjectView;
}

/**
 * The text of a read, which is no larger than an answer may be.
 * @throws Problem `too_complex` that says what to ask for instead
 */
export function boundedText(text: string): string {
  if (text.length * 4 <= LARGEST_ANSWER) return text;
  const bytes = Buffer.byteLength(text);
  if (bytes <= LARGEST_ANSWER) return text;
  throw tooLarge(bytes);
}

/** The SQL of an answer's text that does not leave the database when it is too large, so that many at once cost the program nothing. */
export function boundedSql(text: string): string {
  return `bounded_answer(${text}, ${LARGEST_ANSWER})`;
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

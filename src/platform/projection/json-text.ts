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

/**
 * The JSON of an answer that has such texts inside. They are put in as they are: a batch's answer has up to 2 MB of them, and parsing them
 * only to write them again takes time and memory for nothing.
 */
export function writtenJson(value: unknown, write: (json: JsonText) => string = ({ text }) => text): string {
  if (value instanceof JsonText) return write(value);
  if (Array.isArray(value)) return `[${value.map((item) => writtenJson(item ?? null, write)).join(',')}]`;
  if (!isPlain(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writtenJson(member, write)}`).join(',')}}`;
}

/** An object literal. What has a class may know better how it is written, such as a date. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

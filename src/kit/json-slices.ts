import { breathe } from './breather.js';

/** So many characters are parsed at a time. Names that were never seen before take longest, about two microseconds each. */
const PIECE = 8_192;

const CODE = { quote: 0x22, comma: 0x2c, colon: 0x3a, backslash: 0x5c } as const;
const OPENS = new Set([0x5b, 0x7b]);
const CLOSES = new Set([0x5d, 0x7d]);
const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const BYTE_ORDER_MARK = 0xfeff;

/** Parses a JSON text whole. It refuses what is malformed, and objects with a name such as `__proto__`. */
type Parse = (text: string) => unknown;

/** Part of a text: the characters from one index to another, which is not included. */
type Part = readonly [from: number, to: number];

/**
 * The value of a long JSON text, parsed in pieces with turns for others in between. V8 keeps each name that it meets in one table: 49,000
 * new ones in a megabyte take it up to 200 ms, in which nobody else is served.
 *
 * @throws what `parse` throws, and SyntaxError
 */
export async function parseInSlices(text: string, parse: Parse, piece = PIECE): Promise<unknown> {
  const from = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0;
  return new Slices(text, parse, piece).value([from, text.length]);
}

class Slices {
  constructor(
    private readonly text: string,
    private readonly parse: Parse,
    private readonly piece: number,
  ) {}

  async value(part: Part): Promise<unknown> {
    await breathe();
    const [from, to] = this.trimmed(part);
    if (to - from <= this.piece) return this.parse(this.text.slice(from, to));
    const inside = this.trimmed([from + 1, to - 1]);
    if (this.isBetween('[', ']', from, to)) return this.list(inside);
    if (this.isBetween('{', '}', from, to)) return this.object(inside);
    return this.parse(this.text.slice(from, to));
  }

  private async list(inside: Part): Promise<unknown[]> {
    const items: unknown[] = [];
    for (const part of this.parts(inside)) {
      if (this.isShort(part)) {
        const some = this.parse(`[${this.text.slice(...part)}]`) as unknown[];
        if (some.length === 0) this.expectEmpty(part, inside);
        for (const item of some) items.push(item);
      } else items.push(await this.value(part));
      await breathe();
    }
    return items;
  }

  /** Assigning is safe, because `parse` refuses `__proto__`. */
  private async object(inside: Part): Promise<object> {
    const object: Record<string, unknown> = {};
    for (const part of this.parts(inside)) {
      if (this.isShort(part)) {
        const some = this.parse(`{${this.text.slice(...part)}}`) as object;
        if (Object.keys(some).length === 0) this.expectEmpty(part, inside);
        Object.assign(object, some);
      } else Object.assign(object, await this.member(part));
      await breathe();
    }
    return object;
  }

  /** One name with a long value. */
  private async member([from, to]: Part): Promise<object> {
    const colon = this.colonIn(from, to);
    const value = await this.value([colon + 1, to]);
    // What `parse` refuses about a name may depend on the names inside its value.
    const hint = typeof value === 'object' && value !== null && Object.hasOwn(value, 'prototype');
    const named = this.parse(`{${this.text.slice(from, colon)}:${hint ? '{"prototype":0}' : '0'}}`) as object;
    return Object.fromEntries(Object.keys(named).map((name) => [name, value]));
  }

  /** What is between the brackets of a list or an object, cut at its commas: runs of short members, and each long one alone. */
  private *parts([start, end]: Part): Generator<Part> {
    let [run, member] = [start, start];
    for (const comma of this.commas(start, end)) {
      if (comma - member > this.piece) {
        if (run < member) yield [run, member - 1];
        yield [member, comma];
        run = comma + 1;
      } else if (comma - run >= this.piece || comma === end) {
        yield [run, comma];
        run = comma + 1;
      }
      member = comma + 1;
    }
  }

  /** The commas that separate the members, and the end after the last of them. */
  private *commas(start: number, end: number): Generator<number> {
    let depth = 0;
    for (let index = start; index < end; index += 1) {
      const code = this.text.charCodeAt(index);
      if (code === CODE.quote) index = this.endOfString(index, end);
      else if (OPENS.has(code)) depth += 1;
      else if (CLOSES.has(code)) depth -= 1;
      else if (code === CODE.comma && depth === 0) yield index;
      if (depth < 0) throw malformed();
    }
    if (depth > 0) throw malformed();
    yield end;
  }

  private colonIn(from: number, to: number): number {
    for (let index = from; index < to; index += 1) {
      const code = this.text.charCodeAt(index);
      if (code === CODE.quote) index = this.endOfString(index, to);
      else if (code === CODE.colon) return index;
    }
    throw malformed();
  }

  /** The index of the quotation mark that ends a string. */
  private endOfString(start: number, end: number): number {
    for (let index = start + 1; index < end; index += 1) {
      const code = this.text.charCodeAt(index);
      if (code === CODE.backslash) index += 1;
      else if (code === CODE.quote) return index;
    }
    throw malformed();
  }

  private trimmed([from, to]: Part): Part {
    let [start, end] = [from, to];
    while (start < end && BLANK.has(this.text.charCodeAt(start))) start += 1;
    while (end > start && BLANK.has(this.text.charCodeAt(end - 1))) end -= 1;
    return [start, end];
  }

  private isBetween(opening: string, closing: string, from: number, to: number): boolean {
    return this.text[from] === opening && this.text[to - 1] === closing;
  }

  private isShort([from, to]: Part): boolean {
    // A run ends with the member that makes it long enough, so that it has up to two pieces.
    return to - from <= 2 * this.piece;
  }

  /** Nothing between two commas is an error; nothing between the brackets is not. */
  private expectEmpty(part: Part, whole: Part): void {
    if (part[0] !== whole[0] || part[1] !== whole[1]) throw malformed();
  }
}

function malformed(): SyntaxError {
  return new SyntaxError('The text is not valid JSON.');
}

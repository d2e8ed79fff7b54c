import { forgePage } from '../../../../kit/forge-url.js';
import { parseInstant } from '../../../../kit/instants.js';
import { isSafeText, shown } from '../../../../kit/text.js';
import { parseUrl } from '../../../../kit/url.js';
import { Problem } from '../../../../platform/errors/problem.js';

/** A pull request or an issue at GitHub. */
export interface Page {
  readonly url: string;
  readonly kind: 'pull_request' | 'issue';
  readonly project: string;
  readonly number: number;
}

/** What an external id can hold. */
const LONGEST_URL = 500;

/** A value in a payload, which knows where it is: what is read and has another shape is refused by its JSON Pointer (RFC 6901). */
export class Place {
  constructor(
    private readonly value: unknown,
    private readonly pointer = '',
  ) {}

  /** @throws Problem `invalid_input` unless this is an object */
  at(name: string): Place {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.refusal('an object');
    return new Place(
      Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined,
      `${this.pointer}/${name}`,
    );
  }

  get isNothing(): boolean {
    return this.value === undefined || this.value === null;
  }

  flag(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    throw this.refusal('true or false');
  }

  /** A text that people wrote, with whatever characters. */
  words(): string {
    if (typeof this.value === 'string') return this.value;
    throw this.refusal('a text');
  }

  /** A text that machines read. */
  text(): string {
    const text = this.words();
    if (isSafeText(text)) return text;
    throw this.refusal('a text without U+0000 and unpaired surrogates');
  }

  matching(pattern: RegExp, what: string): string {
    const text = this.text();
    if (pattern.test(text)) return text;
    throw this.refusal(what);
  }

  instant(): Date {
    const instant = parseInstant(this.text());
    if (instant) return instant;
    throw this.refusal('a date and a time (RFC 3339)');
  }

  /** The page of an address at github.com, however deep into the page the address leads. */
  page(): Page {
    const text = this.address();
    const page = forgePage(text);
    if (!page) throw this.refusal('the address of a pull request or an issue at github.com');
    const word = page.kind === 'issue' ? 'issues' : 'pull';
    return { ...page, url: `https://github.com/${page.project}/${word}/${page.number}` };
  }

  /** An address at github.com. */
  address(): string {
    const text = this.text();
    const host = parseUrl(text)?.hostname;
    if (text.length <= LONGEST_URL && (host === 'github.com' || host === 'www.github.com')) return text;
    throw this.refusal(`an address at github.com of at most ${LONGEST_URL} characters`);
  }

  private refusal(what: string): Problem {
    const where = this.pointer === '' ? 'The payload' : this.pointer;
    const given = typeof this.value === 'string' ? `, not ${JSON.stringify(shown(this.value))}` : '';
    const detail = `${where} must be ${what}${given}. Let GitHub deliver its own payload here, unchanged.`;
    return Problem.field(this.pointer, 'isOfGithub', detail);
  }
}

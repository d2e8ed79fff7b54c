import type { KeyRing } from '../../kit/sealed-box.js';
import type { ProblemDetail } from '../../platform/errors/problem.js';

/** A header of the caller as the row stores it. In the database, only the name is readable. */
export interface SealedHeader {
  readonly name: string;
  readonly sealed: string;
}

type Given = Readonly<Record<string, unknown>> | null | undefined;

const MOST = 20;
const LONGEST = 2_000;
/** A token (RFC 9110 §5.6.2), of a length that every server accepts. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** Visible ASCII with spaces between (RFC 9110 §5.5, without the obsolete forms). */
const VALUE = /^[!-~]([ -~]*[!-~])?$/;
/** Headers that HTTP and the signature need, and headers that would change how the answer is read. */
const OURS =
  /^(host|content-(length|type|encoding)|connection|keep-alive|transfer-encoding|te|trailer|upgrade|expect|accept-encoding|user-agent|proxy-.*|webhook-.*)$/i;

/** The invalid headers, each with the rule and what to do. */
export function headerRefusals(headers: Given): ProblemDetail[] {
  if (!headers) return [];
  const names = Object.keys(headers);
  if (names.length > MOST) {
    return [{ pointer: '/headers', code: 'maxProperties', detail: `headers may have at most ${MOST} entries.` }];
  }
  const seen = new Set<string>();
  return names.flatMap((name) => {
    const wrong = seen.has(name.toLowerCase()) ? TWICE : (wrongName(name) ?? wrongValue(headers[name]));
    seen.add(name.toLowerCase());
    return wrong ? [{ pointer: `/headers/${escaped(name)}`, code: wrong[0], detail: `headers ${wrong[1]}.` }] : [];
  });
}

/** The headers as the row stores them; nothing if they were left out. Null and an empty object remove all headers. */
export function sealedHeaders(
  ring: KeyRing,
  webhookId: string,
  headers: Given,
): { headers?: SealedHeader[]; headerNames?: string[] } {
  if (headers === undefined) return {};
  const given = Object.entries(headers ?? {});
  return {
    headers: given.map(([name, value]) => ({ name, sealed: ring.seal(String(value), contextOf(webhookId, name)) })),
    headerNames: given.map(([name]) => name),
  };
}

/** @throws SealedBoxError when a key is missing from the key ring */
export function openedHeaders(
  ring: KeyRing,
  webhookId: string,
  headers: readonly SealedHeader[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(({ name, sealed }) => [name, ring.open(sealed, contextOf(webhookId, name))]));
}

type Wrong = readonly [code: string, rule: string];

const TWICE: Wrong = ['arrayUnique', 'may have each name only once, in upper or lower case: leave one of them out'];

function wrongName(name: string): Wrong | null {
  if (!TOKEN.test(name)) {
    return ['isHeaderName', 'must have names of 1 to 100 letters, digits and hyphens, such as X-Api-Key (RFC 9110)'];
  }
  if (OURS.test(name)) return ['notReserved', `must not set ${name}, which Kith sets itself: choose another name`];
  return null;
}

function wrongValue(value: unknown): Wrong | null {
  if (typeof value === 'string' && value.length <= LONGEST && VALUE.test(value)) return null;
  return [
    'isHeaderValue',
    `must have values of 1 to ${LONGEST} printable ASCII characters, without spaces at the ends`,
  ];
}

/** RFC 6901. */
function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** A sealed value can be opened only for this row and under this name. */
function contextOf(webhookId: string, name: string): string {
  return `webhooks.headers.${webhookId}.${name.toLowerCase()}`;
}

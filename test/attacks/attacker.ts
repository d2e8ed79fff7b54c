/** An answer, as far as it is told of. */
export interface Answered {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

type Body = string | Uint8Array | object;

const GIVES_UP_MS = 60_000;

/** Whoever chooses the cost: a client whose answers are counted. */
export class Attacker {
  /** How often each status was answered: `503 Retry-After` where it says when to come back, the error's name where there was no answer. */
  readonly statuses: Record<string, number> = {};

  constructor(
    readonly address: string,
    /** Its key; empty for a stranger. */
    readonly key: string,
  ) {}

  /** A JSON body, or text or bytes that are sent as they are. A connection that the program ends is no error, but status 0. */
  async ask(method: string, path: string, body?: Body, headers: Record<string, string> = {}): Promise<Answered> {
    const plain = typeof body === 'string' || body instanceof Uint8Array;
    try {
      const response = await fetch(`${this.address}${path}`, {
        method,
        headers: {
          ...(this.key ? { authorization: `Bearer ${this.key}` } : {}),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: plain ? (body as string) : JSON.stringify(body) }),
        signal: AbortSignal.timeout(GIVES_UP_MS),
      });
      const text = await response.text();
      const back = response.headers.get('retry-after') === null ? '' : ' Retry-After';
      this.count(`${response.status}${response.status === 503 ? back : ''}`);
      return { status: response.status, text, headers: response.headers };
    } catch (error) {
      this.count(nameOf(error));
      return { status: 0, text: '', headers: new Headers() };
    }
  }

  graphql(query: string, variables: object = {}): Promise<Answered> {
    return this.ask('POST', '/graphql', { query, variables });
  }

  /** @throws Error for what prepares an attack and must not fail */
  async make<T>(method: string, path: string, body?: Body): Promise<T> {
    const { status, text } = await this.ask(method, path, body);
    if (status < 200 || status >= 300) throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 1_000)}`);
    return JSON.parse(text || 'null') as T;
  }

  /** The same with another key of the account, or as a stranger. Its answers are counted here. */
  with(key: string): Attacker {
    return Object.assign(new Attacker(this.address, key), { statuses: this.statuses });
  }

  private count(status: string): void {
    this.statuses[status] = (this.statuses[status] ?? 0) + 1;
  }
}

/** The same from so many at once. */
export async function atOnce(attackers: number, attack: (number: number) => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: attackers }, (_, number) => attack(number)));
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'failed';
  const cause = error.cause instanceof Error ? error.cause : error;
  return 'code' in cause ? String(cause.code) : cause.name;
}

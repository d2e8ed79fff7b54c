import { Agent, request } from 'undici';
import type { TestProgram } from '../../harness/program.js';

/** What came back over HTTP. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: {
    readonly data?: Record<string, unknown> | null;
    readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
  };
}

interface Sent {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const agent = new Agent({ keepAliveTimeout: 1_000 });

/** Sends one request as it is; a body that is no JSON leaves `body` empty. */
export async function send({ address }: TestProgram, sent: Sent): Promise<Reply> {
  const { method = 'POST', path = '/graphql', headers = {}, body } = sent;
  const answer = await request(`${address}${path}`, { dispatcher: agent, method, headers, ...(body ? { body } : {}) });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text, body: parsed(text) };
}

/** Asks a program as its own key, or as another, or as nobody. */
export function ask(program: TestProgram, operation: object, key: string | null = program.key): Promise<Reply> {
  const authorization = key === null ? {} : { authorization: `Bearer ${key}` };
  const headers = { 'content-type': 'application/json', ...authorization };
  return send(program, { headers, body: JSON.stringify(operation) });
}

function parsed(text: string): Reply['body'] {
  try {
    return JSON.parse(text) as Reply['body'];
  } catch {
    return {};
  }
}

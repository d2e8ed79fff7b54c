import { createHmac, randomUUID } from 'node:crypto';
import type { TestProgram } from '../../../harness/program.js';

export type Payload = Record<string, unknown>;

/** A hook as it was shown when it was made. */
export interface Hook {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

interface Delivered {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface How {
  readonly event?: string;
  readonly delivery?: string;
  readonly type?: string;
  /** The headers as they are; those of GitHub are added unless they are given. Undefined leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

export const REVIEW_URL = 'https://github.com/fastify/fastify/pull/4711#pullrequestreview-237895671';
export const PULL_URL = 'https://github.com/fastify/fastify/pull/4711';
const AT = '2026-03-02T09:00:00Z';

export async function makeHook(program: TestProgram, input: object = {}, key = program.key): Promise<Hook> {
  const { status, body } = await program.ask('post', '/v1/githubHooks', { body: { login: 'Octocat', ...input }, key });
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body as Hook;
}

export function signatureOf(secret: string, body: string | Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Delivers as GitHub does: bytes with a signature, and no key. */
export async function deliver(
  program: TestProgram,
  { url, secret }: Hook,
  sent: Payload | string | Buffer,
  { event = 'pull_request_review', delivery = randomUUID(), type = 'application/json', headers = {} }: How = {},
): Promise<Delivered> {
  const body = typeof sent === 'string' || Buffer.isBuffer(sent) ? sent : JSON.stringify(sent);
  const given: Record<string, string | undefined> = {
    'content-type': type,
    'x-github-event': event,
    'x-github-delivery': delivery,
    'x-hub-signature-256': signatureOf(secret, body),
    ...headers,
  };
  const all = Object.entries(given).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const address = new URL(new URL(url).pathname, program.address);
  const answer = await fetch(address, {
    method: 'POST',
    headers: all,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: answer.status, body: JSON.parse(await answer.text()) as Record<string, unknown> };
}

export function user(login: string, type = 'User'): Payload {
  return { login, id: 1, type, html_url: `https://github.com/${login}`, site_admin: false };
}

function pull(author: string, more: Payload = {}): Payload {
  const { number = 4711, ...others } = more;
  return {
    html_url: `https://github.com/fastify/fastify/pull/${String(number)}`,
    title: 'Fix the parser',
    user: user(author),
    author_association: 'CONTRIBUTOR',
    merged: false,
    merged_at: null,
    merged_by: null,
    ...others,
  };
}

/** Somebody reviews a pull request of somebody. */
export function review(by: string, of: string, more: Payload = {}, morePull: Payload = {}): Payload {
  const written = {
    user: user(by),
    state: 'approved',
    html_url: REVIEW_URL,
    submitted_at: AT,
    author_association: 'MEMBER',
    ...more,
  };
  return { action: 'submitted', review: written, pull_request: pull(of, morePull), sender: user(by) };
}

/** Somebody comments on an issue or a pull request of somebody. */
export function comment(by: string, of: string, id: number, page = 'issues/12'): Payload {
  const url = `https://github.com/fastify/fastify/${page}`;
  const written = { user: user(by), html_url: `${url}#issuecomment-${id}`, created_at: AT, author_association: 'NONE' };
  const issue = { html_url: url, title: 'It hangs', user: user(of), author_association: 'NONE' };
  return { action: 'created', comment: written, issue, sender: user(by) };
}

/** Somebody merges a pull request of somebody. */
export function merge(by: string, of: string, number = 4711): Payload {
  const merged = pull(of, { number, merged: true, merged_at: AT, merged_by: user(by) });
  return { action: 'closed', pull_request: merged, sender: user(by) };
}

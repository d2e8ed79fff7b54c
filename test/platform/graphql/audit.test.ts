import { serverAudits } from 'graphql-http';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

interface Audited {
  readonly name: string;
  readonly status: 'ok' | 'notice' | 'warn' | 'error';
  readonly reason: string;
}

/** The public audit of GraphQL over HTTP (graphql-http), asked with a key. */
async function audited(more: Readonly<Record<string, string>>): Promise<Audited[]> {
  const fetchFn = (input: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { authorization: `Bearer ${program.key}`, ...more, ...(init.headers as Record<string, string>) };
    return fetch(input, { ...init, headers });
  };
  const audits = serverAudits({ url: `${program.address}/graphql`, fetchFn });
  const results: Audited[] = [];
  for (const audit of audits) {
    const result = await audit.fn();
    const { name, status } = result;
    results.push({ name, status, reason: status === 'ok' ? '' : result.reason });
    if (result.status !== 'ok') await result.response.text().catch(() => '');
  }
  return results;
}

const wanting = (results: readonly Audited[]): string[] =>
  results.filter(({ status }) => status !== 'ok').map(({ name, status, reason }) => `${status}: ${name} (${reason})`);

it('passes the audit of GraphQL over HTTP, but for three notices that CSRF prevention is worth', async () => {
  const results = await audited({});
  expect(results).toHaveLength(61);
  expect(wanting(results)).toEqual([
    'notice: MAY accept application/x-www-form-urlencoded formatted GET requests (Response status code is not 200)',
    'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json (Response status code is not 200)',
    'notice: MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json (Response status code is not 200)',
  ]);
});

it('passes all of it when the caller says that no browser made the request', async () => {
  const results = await audited({ 'apollo-require-preflight': 'true' });
  expect(wanting(results)).toEqual([]);
});

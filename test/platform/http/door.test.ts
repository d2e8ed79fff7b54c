import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';
import { until } from '../../harness/until.js';

const STALL_MS = 500;
let program: TestProgram;

beforeAll(async () => {
  program = await TestProgram.start({
    env: { HEADERS_TIMEOUT_MS: '1000', REQUEST_TIMEOUT_MS: '2000', STALL_TIMEOUT_MS: String(STALL_MS) },
  });
});
afterAll(() => program.stop());

interface Talk {
  readonly socket: Socket;
  readonly said: () => string;
  readonly ended: Promise<void>;
}

/** A connection on which a test says bytes, and all that comes back. */
function talk(bytes: string): Talk {
  const { hostname, port } = new URL(program.address);
  const socket = connect(Number(port), hostname, () => socket.write(bytes));
  let said = '';
  socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
  socket.on('error', () => undefined);
  return { socket, said: () => said, ended: new Promise((done) => socket.once('close', () => done())) };
}

function head(method: string, path: string, more: Record<string, string> = {}): string {
  const headers = { host: 'kith.test', 'content-type': 'application/json', ...more };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** The answer to a request whose body is announced and never sent. */
async function answerTo(bytes: string): Promise<{ status: number; code: string }> {
  const { socket, said } = talk(bytes);
  const text = await until('the request is answered', () => /\r\n\r\n(\{.*\})/s.test(said()) && said());
  socket.destroy();
  const body = JSON.parse(text.slice(text.indexOf('\r\n\r\n{'))) as {
    code?: string;
    errors?: { extensions: { code: string } }[];
  };
  return { status: Number(text.split(' ')[1]), code: body.code ?? body.errors?.[0]?.extensions.code ?? '' };
}

/** Every operation that may have a body, with an address of it. */
function writes(): { method: string; path: string }[] {
  const { paths } = program.app.get(Docs).document as unknown as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, verbs]) =>
    Object.keys(verbs)
      .filter((method) => method !== 'get')
      .map((method) => ({ method: method.toUpperCase(), path: path.replace(/\{\w+\}/g, 'x') })),
  );
}

const TWENTY_MB = { 'content-length': String(20 * 1_048_576) };
const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });

describe('key first, then bytes', () => {
  it.each([
    'application/json',
    'text/csv',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ])('every write refuses whoever has no key before a byte of %s arrives', async (type) => {
    expect(writes().length).toBeGreaterThan(30);
    for (const { method, path } of writes()) {
      for (const key of [{}, bearer(`kith_${'x'.repeat(43)}`)]) {
        const answer = await answerTo(head(method, path, { ...TWENTY_MB, 'content-type': type, ...key }));
        expect([method, path, answer]).toEqual([method, path, { status: 401, code: 'unauthenticated' }]);
      }
    }
  });

  it('GraphQL and its streams do so too, whether the length is announced or not', async () => {
    for (const length of [TWENTY_MB, { 'transfer-encoding': 'chunked' }]) {
      for (const path of ['/graphql', '/graphql/stream']) {
        expect(await answerTo(head('POST', path, length as Record<string, string>))).toEqual({
          status: 401,
          code: 'unauthenticated',
        });
      }
    }
  });

  it('an address that is none, and a method that is not offered, read nothing', async () => {
    expect(await answerTo(head('POST', '/nowhere', TWENTY_MB))).toEqual({ status: 404, code: 'not_found' });
    expect(await answerTo(head('DELETE', '/v1/account', TWENTY_MB))).toEqual({
      status: 405,
      code: 'method_not_allowed',
    });
  });

  it('an action link reads nothing of what a button sends', async () => {
    expect(await answerTo(head('POST', '/actions/x/done', TWENTY_MB))).toMatchObject({ status: 404 });
  });

  it('a file goes only where files are taken', async () => {
    const csv = { ...TWENTY_MB, 'content-type': 'text/csv', ...bearer(program.key) };
    expect(await answerTo(head('POST', '/v1/contacts', csv))).toEqual({ status: 415, code: 'unsupported_media_type' });
    expect(await answerTo(head('POST', '/graphql', csv))).toEqual({ status: 415, code: 'unsupported_media_type' });
  });

  it('whoever goes on sending is cut off, and a small body leaves the connection open', async () => {
    const flood = talk(head('POST', '/v1/contacts', TWENTY_MB));
    const chunk = Buffer.alloc(65_536, 120);
    const sending = setInterval(() => flood.socket.write(chunk), 1);
    await flood.ended;
    clearInterval(sending);
    expect(flood.socket.bytesWritten).toBeLessThan(20 * 1_048_576);

    const small = talk(head('POST', '/v1/contacts', { 'content-length': '4' }));
    await until('the refusal is there', () => small.said().includes('unauthenticated'));
    small.socket.write(`null${head('GET', '/health/live')}`);
    await until('the next request is answered', () => small.said().includes('"ok"'));
    small.socket.destroy();
  });
});

describe('a request has its time', () => {
  it('headers that never end', async () => {
    const { said, ended } = talk('GET /health/live HTTP/1.1\r\nhost: a\r\n');
    await ended;
    expect(said()).toContain('408');
  });

  it('a body that stops', async () => {
    const { said, ended } = talk(
      head('POST', '/v1/contacts', { 'content-length': '100', ...bearer(program.key) }) + '{',
    );
    await ended;
    expect(said()).toMatch(/408 [\s\S]*request_timeout/);
  });

  it('a body that trickles', async () => {
    const { socket, said, ended } = talk(
      head('POST', '/v1/contacts', { 'content-length': '1000', ...bearer(program.key) }),
    );
    const trickle = setInterval(() => socket.write(' '), STALL_MS / 5);
    await ended;
    clearInterval(trickle);
    expect(said()).toContain('408');
  });

  it('a stranger at GraphQL, as well', async () => {
    const { said, ended } = talk(head('POST', '/graphql', { 'content-length': '100' }) + '{');
    await ended;
    expect(said()).toContain('408');
  });
});

it('large bodies of one account are read a few at a time, and all of them in the end', async () => {
  const body = JSON.stringify({ name: 'Ada', notes: 'x'.repeat(80_000) });
  const request = head('POST', '/v1/contacts', { 'content-length': String(body.length), ...bearer(program.key) });
  const talks = Array.from({ length: 6 }, () => talk(request));
  const other = await program.ask('post', '/v1/contacts', {
    key: await program.anotherAccount(),
    body: JSON.parse(body),
  });
  expect(other.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(['/notes']);
  for (const { socket } of talks) socket.write(body);
  await Promise.all(talks.map(({ said }) => until('each is answered', () => said().includes('/notes'))));
  for (const { socket } of talks) socket.destroy();
});

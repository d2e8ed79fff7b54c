import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { Sender } from '../../../../src/features/webhooks/sending/sender.js';
import { verdictOf } from '../../../../src/features/webhooks/sending/verdict.js';
import { newWebhookSecret, signingKey } from '../../../../src/kit/webhook-signature.js';
import { Config } from '../../../../src/platform/config/config.js';
import { promised, tell } from '../../../harness/figures.js';
import { SELF_SIGNED } from './self-signed.js';
import { size } from '../../../harness/size.js';

/** `KITH_HOSTILE_ATTEMPTS=10000` for a long run. */
const ATTEMPTS = size('KITH_HOSTILE_ATTEMPTS', 600, 200);
/** For those that end by their own deed, and not by the time it takes. */
const PATIENT_MS = 30_000;
/** For those that would never end; it leaves time for a head to arrive before a body is cut off. */
const TIMEOUT_MS = 3_000;
/** Of 16 s for a timeout of 15 s, what is not the timeout. */
const MARGIN_MS = 1_000;
const MOST_GROWTH = 50 * 1_048_576;
const WAIT_SECONDS = 60;

type Act = (socket: Socket) => void;
type Expected = readonly [statusCode: number | null, errorCode: string | null, state: string];

const head = (text: string): string => text.replaceAll('\n', '\r\n') + '\r\n';
const says =
  (text: string): Act =>
  (socket) =>
    void socket.write(head(text));
const FLOOD = `x: ${'y'.repeat(1_000)}\n`.repeat(100);
const BOMB = gzipSync(Buffer.alloc(10_000_000));
const RETRIED = 'pending';

const HOSTILE: readonly [what: string, act: Act, expected: Expected][] = [
  ['redirects for good', (s) => redirect(s, 301), [301, 'redirect_not_followed', RETRIED]],
  ['redirects with the body', (s) => redirect(s, 307), [307, 'redirect_not_followed', RETRIED]],
  ['redirects to see another', (s) => redirect(s, 303), [303, 'redirect_not_followed', RETRIED]],
  ['is gone', says('HTTP/1.1 410 Gone\ncontent-length: 0\n'), [410, null, 'cancelled']],
  ['asks for patience', says('HTTP/1.1 429 Later\nretry-after: 90\ncontent-length: 0\n'), [429, null, RETRIED]],
  [
    'asks for a century',
    says('HTTP/1.1 503 Later\nretry-after: 3153600000\ncontent-length: 0\n'),
    [503, null, RETRIED],
  ],
  ['says nothing', () => undefined, [null, 'timeout', RETRIED]],
  ['drips its head', (s) => drip(s, 'HTTP/1.1 200 OK\r\n', 'x'), [null, 'timeout', RETRIED]],
  ['drips its body', (s) => drip(s, 'HTTP/1.1 200 OK\r\n\r\n', 'x'), [200, null, 'delivered']],
  ['drips after a failure', (s) => drip(s, 'HTTP/1.1 500 No\r\n\r\n', 'x'), [500, null, RETRIED]],
  ['continues for ever', (s) => drip(s, '', 'HTTP/1.1 102 Processing\r\n\r\n'), [null, 'timeout', RETRIED]],
  ['pours without end', pour, [200, null, 'delivered']],
  ['sends a bomb', bomb, [200, null, 'delivered']],
  ['resets', (s) => void s.resetAndDestroy(), [null, 'connection_reset', RETRIED]],
  ['hangs up', (s) => void s.end(), [null, 'connection_reset', RETRIED]],
  ['breaks off in the head', (s) => void s.end('HTTP/1.1 200'), [null, 'connection_reset', RETRIED]],
  ['floods with headers', says(`HTTP/1.1 200 OK\n${FLOOD}`), [null, 'invalid_response', RETRIED]],
  ['speaks another protocol', (s) => void s.end('SSH-2.0-OpenSSH\r\n'), [null, 'invalid_response', RETRIED]],
  [
    'has two lengths',
    says('HTTP/1.1 200 OK\ncontent-length: 1\ntransfer-encoding: chunked\n'),
    [null, 'invalid_response', RETRIED],
  ],
  ['does not encrypt', (s) => void s.end('HTTP/1.1 400 Plain\r\n\r\n'), [null, 'tls_failed', RETRIED]],
  ['vouches for itself', says('HTTP/1.1 200 OK\ncontent-length: 0\n'), [null, 'tls_failed', RETRIED]],
];
const ENCRYPTED = ['does not encrypt', 'vouches for itself'];
const ENDLESS = ['says nothing', 'drips its head', 'drips its body', 'drips after a failure', 'continues for ever'];

const servers: Server[] = [];
const sockets = new Set<Socket>();
const message = { id: 'a-message', body: '{"type":"webhook.ping"}', contentType: 'application/json' };
const secrets = [{ key: signingKey(newWebhookSecret()), validUntil: null }];
let patient: Sender;
let hasty: Sender;
let urls: string[];
let followed = 0;
let canary = '';

beforeAll(async () => {
  canary = await listening((socket) => {
    followed += 1;
    socket.end(head('HTTP/1.1 200 OK\ncontent-length: 0\n'));
  });
  urls = await Promise.all(HOSTILE.map(([what, act]) => listening(act, what === 'vouches for itself')));
  patient = senderWithin(PATIENT_MS);
  hasty = senderWithin(TIMEOUT_MS);
});
afterAll(async () => {
  await Promise.all([patient.close(), hasty.close()]);
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
});

function senderWithin(timeoutMs: number): Sender {
  return new Sender(
    Config.read({
      DATABASE_URL: 'postgres://nowhere/none',
      KITH_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_HOSTS: [canary, ...urls].map((url) => new URL(url).host).join(','),
      WEBHOOK_TIMEOUT_MS: String(timeoutMs),
    }),
  );
}

async function listening(act: Act, secure = false): Promise<string> {
  const server = secure ? createSecureServer(SELF_SIGNED, serve) : createServer(serve);
  function serve(socket: Socket): void {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', () => act(socket));
  }
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

interface Seen {
  readonly expected: Expected;
  readonly what: string;
  readonly longestMs: number;
}

/** One attempt at each of them, all at once; answers how long the longest took. */
async function round(): Promise<number> {
  const all = HOSTILE.map(async ([what], n): Promise<Seen> => {
    const url = ENCRYPTED.includes(what) ? urls[n]?.replace('http:', 'https:') : urls[n];
    const at = new Date();
    const begun = performance.now();
    const outcome = await (ENDLESS.includes(what) ? hasty : patient).send(
      { ...placeOf(url ?? ''), version: 1, secrets, headers: {}, scopes: ['*'], keyId: null, refusal: null },
      { ...message, at },
    );
    const longestMs = performance.now() - begun;
    const { state, delay } = verdictOf(outcome, { step: 1, schedule: [WAIT_SECONDS], now: at, random: () => 0.5 });
    expect(delay).toBeLessThanOrEqual(2 * 1.2 * WAIT_SECONDS);
    expect(outcome.response?.length ?? 0).toBeLessThanOrEqual(4_096);
    return { what, expected: [outcome.statusCode, outcome.errorCode, state], longestMs };
  });
  const seen = await Promise.all(all);
  expect(seen.map(({ what, expected }) => [what, ...expected])).toEqual(
    HOSTILE.map(([what, , expected]) => [what, ...expected]),
  );
  return Math.max(...seen.map(({ longestMs }) => longestMs));
}

function placeOf(url: string): { origin: string; path: string } {
  const { origin, pathname } = new URL(url);
  return { origin, path: pathname };
}

/** Resident memory after everything that can be forgotten is forgotten. */
async function memory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function bearThem(): Promise<void> {
  const rounds = Math.ceil(ATTEMPTS / HOSTILE.length);
  let longest = await round();
  const before = await memory();
  const abreast = 4;
  for (let done = 1; done < rounds; done += abreast) {
    const many = Array.from({ length: Math.min(abreast, rounds - done) }, round);
    longest = Math.max(longest, ...(await Promise.all(many)));
  }
  const growth = (await memory()) - before;
  const grown = (growth / 1_048_576).toFixed(1);
  tell(
    `W3: ${rounds * HOSTILE.length} attempts, the longest ${Math.round(longest)} ms of ${TIMEOUT_MS}, memory + ${grown} MB`,
  );
  promised(longest, TIMEOUT_MS + MARGIN_MS);
  expect(growth).toBeLessThan(MOST_GROWTH);
  expect(followed).toBe(0);
}

test(
  `W3: ${HOSTILE.length} hostile receivers, each as designed, redirects followed 0, in bounded memory`,
  bearThem,
  60_000 + ATTEMPTS * 1_000,
);

function redirect(socket: Socket, status: number): void {
  socket.end(head(`HTTP/1.1 ${status} Away\nlocation: ${canary}\ncontent-length: 0\n`));
}

/** Writes something, then a little for ever. */
function drip(socket: Socket, first: string, then: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(then), 20);
  socket.on('close', () => clearInterval(timer));
}

function pour(socket: Socket): void {
  const block = Buffer.alloc(65_536, 'a');
  socket.write(head('HTTP/1.1 200 OK\n'));
  const more = (): void => {
    while (!socket.destroyed && socket.writable) if (!socket.write(block)) return void socket.once('drain', more);
  };
  more();
}

function bomb(socket: Socket): void {
  socket.write(head(`HTTP/1.1 200 OK\ncontent-encoding: gzip\ncontent-length: ${BOMB.length}\n`));
  socket.write(BOMB);
}

import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AddressNotAllowed, guardedConnect } from '../../../../src/features/webhooks/sending/guarded-connect.js';
import { Sender } from '../../../../src/features/webhooks/sending/sender.js';
import { newWebhookSecret, signingKey } from '../../../../src/kit/webhook-signature.js';
import { Config } from '../../../../src/platform/config/config.js';
import { promised } from '../../../harness/figures.js';
import { PRIVATE_HOSTS } from '../hostile-urls.js';
import { Receiver, status } from '../receiver.js';

/** For what ends by the receiver's deed, and not by the time it takes. */
const PATIENT_MS = 30_000;
/** For what ends by the timeout alone. */
const HASTY_MS = 400;
/** Time for a head to arrive before the timeout cuts its body off. */
const HEAD_MS = 2_000;

function senderTo(allowed: readonly string[], timeoutMs = PATIENT_MS): Sender {
  return new Sender(
    Config.read({
      DATABASE_URL: 'postgres://nowhere/none',
      KITH_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
      WEBHOOK_ALLOW_HTTP: 'true',
      WEBHOOK_ALLOWED_HOSTS: allowed.join(','),
      WEBHOOK_TIMEOUT_MS: String(timeoutMs),
    }),
  );
}

const secrets = [{ key: signingKey(newWebhookSecret()), validUntil: null }];
const message = {
  id: 'a-message',
  body: '{}',
  contentType: 'application/json',
  at: new Date('2026-03-02T10:00:00.000Z'),
};

function endpoint(url: string) {
  const { origin, pathname } = new URL(url);
  return { version: 1, origin, path: pathname, secrets, headers: {}, scopes: ['*'], keyId: null, refusal: null };
}

describe('an address that is not public', () => {
  let receiver: Receiver;
  let everywhere: Receiver;
  let sender: Sender;
  beforeAll(async () => {
    receiver = await Receiver.start();
    everywhere = await Receiver.start('::');
    sender = senderTo([`127.0.0.1:${receiver.port}`]);
  });
  afterAll(async () => {
    await sender.close();
    await Promise.all([receiver.stop(), everywhere.stop()]);
  });

  it.each(PRIVATE_HOSTS)('is not connected to: %s', async (host) => {
    const outcome = await sender.send(endpoint(`http://${host}:${everywhere.port}/`), message);
    expect(outcome.statusCode).toBeNull();
    expect(['address_not_allowed', 'name_not_resolved']).toContain(outcome.errorCode);
    expect(everywhere.received).toEqual([]);
  });

  it('is not reached through a name that resolves to it', async () => {
    const outcome = await sender.send(endpoint(`http://localhost:${everywhere.port}/`), message);
    expect(outcome.errorCode).toBe('address_not_allowed');
  });

  it('is connected to when the operator allows this very host and port', async () => {
    const allowed = await sender.send(endpoint(receiver.url), message);
    expect(allowed).toMatchObject({ statusCode: 200, errorCode: null });
    const otherPort = await sender.send(endpoint(`http://127.0.0.1:${everywhere.port}/`), message);
    expect(otherPort.errorCode).toBe('address_not_allowed');
  });

  it.each([
    '127.1',
    '0x7f.1',
    '2130706433',
    '0177.0.0.1',
    '017700000001',
    'localhost',
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
  ])('is refused by the connector itself, as %s, which no URL parser has seen', async (hostname) => {
    const connect = guardedConnect(new Set(), PATIENT_MS);
    const error = await new Promise((resolve) => {
      connect({ hostname, host: hostname, protocol: 'http:', port: String(everywhere.port) }, (failure, socket) => {
        socket?.destroy();
        resolve(failure);
      });
    });
    expect(error).toBeInstanceOf(AddressNotAllowed);
  });
});

describe('a hostile receiver', () => {
  let server: Server | null = null;
  let sender: Sender;
  const sockets = new Set<Socket>();

  async function hostile(act: (socket: Socket) => void, timeoutMs?: number): Promise<string> {
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('data', () => act(socket));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    sender = senderTo([`127.0.0.1:${port}`], timeoutMs);
    return `http://127.0.0.1:${port}/`;
  }

  afterEach(async () => {
    await sender.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
  });

  it.each<[what: string, act: (socket: Socket) => void, outcome: object, timeoutMs?: number]>([
    ['says nothing', () => undefined, { statusCode: null, errorCode: 'timeout' }, HASTY_MS],
    ['hangs up', (socket) => void socket.end(), { statusCode: null, errorCode: 'connection_reset' }],
    ['resets', (socket) => void socket.resetAndDestroy(), { statusCode: null, errorCode: 'connection_reset' }],
    ['speaks no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH\r\n'), { errorCode: 'invalid_response' }],
    [
      'floods with headers',
      (socket) => void socket.write(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1_000)}\r\n`.repeat(100)}\r\n`),
      { statusCode: null, errorCode: 'invalid_response' },
    ],
    [
      'sends the status byte by byte and never ends it',
      (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n', 'x'),
      { statusCode: null, errorCode: 'timeout' },
      HASTY_MS,
    ],
    [
      'says 200 and drips its body',
      (socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'),
      { statusCode: 200, errorCode: null },
      HEAD_MS,
    ],
    [
      'says 500 and drips its body',
      (socket) => drip(socket, 'HTTP/1.1 500 No\r\n\r\n', 'x'),
      { statusCode: 500, errorCode: null },
      HEAD_MS,
    ],
    [
      'says 200 and breaks off',
      (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'),
      { statusCode: 200, errorCode: null, response: 'half' },
    ],
    [
      'never stops to continue',
      (socket) => drip(socket, '', 'HTTP/1.1 102 Processing\r\n\r\n'),
      { statusCode: null, errorCode: 'timeout' },
      HASTY_MS,
    ],
    [
      'redirects to where it would be allowed',
      (socket) => void socket.end('HTTP/1.1 307 Away\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n'),
      { statusCode: 307, errorCode: 'redirect_not_followed' },
    ],
  ])('that %s', async (_what, act, outcome, timeoutMs = PATIENT_MS) => {
    const url = await hostile(act, timeoutMs);
    const begun = performance.now();
    expect(await sender.send(endpoint(url), message)).toMatchObject(outcome);
    promised(performance.now() - begun, timeoutMs + 1_000);
  });

  it('has the beginning of its endless answer kept, and no more of it read than 64 kB and what was on its way', async () => {
    let sent = 0;
    const url = await hostile((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const pour = (): void => {
        while (!socket.destroyed && socket.writable) {
          sent += 65_536;
          if (!socket.write(Buffer.alloc(65_536, 'a'))) return void socket.once('drain', pour);
        }
      };
      pour();
    });
    const outcome = await sender.send(endpoint(url), message);
    expect(outcome).toMatchObject({ statusCode: 200, response: 'a'.repeat(4_096) });
    // It ended by itself, before the timeout.
    expect(outcome.durationMs).toBeLessThan(PATIENT_MS);
    expect(sent).toBeLessThan(32 * 1_048_576);
  });

  it('has its gzip bomb kept as it came', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    const url = await hostile((socket) => {
      const head = `HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`;
      socket.write(Buffer.concat([Buffer.from(head), bomb]));
    });
    const { response, statusCode } = await sender.send(endpoint(url), message);
    expect(statusCode).toBe(200);
    expect(response?.length).toBeLessThanOrEqual(4_096);
    expect(response).not.toContain('\u0000');
    expect(response?.isWellFormed()).toBe(true);
  });
});

describe('a connection', () => {
  let receiver: Receiver;
  let sender: Sender;
  beforeEach(async () => {
    receiver = await Receiver.start();
    sender = senderTo([receiver.host, '127.0.0.1:1']);
  });
  afterEach(async () => {
    await sender.close();
    await receiver.stop();
  });

  it('is kept for later attempts; a second one is opened while the first is still being put back', async () => {
    const ports = new Set<number | undefined>();
    receiver.answer = (response, received) => {
      ports.add(response.socket?.remotePort);
      status(200, 'ok')(response, received);
    };
    for (let count = 0; count < 20; count += 1) await sender.send(endpoint(receiver.url), message);
    expect(receiver.received).toHaveLength(20);
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  it.each([
    ['refused', 'http://127.0.0.1:1/', 'connection_refused'],
    ['not named', 'http://nowhere.invalid:80/', 'name_not_resolved'],
    ['not encrypted', 'https', 'tls_failed'],
  ])('that is %s', async (_what, url, errorCode) => {
    const place = url === 'https' ? receiver.url.replace('http:', 'https:') : url;
    expect(await sender.send(endpoint(place), message)).toMatchObject({ statusCode: null, errorCode });
  });
});

/** Writes something, then a little for ever. */
function drip(socket: Socket, first: string, then: string): void {
  socket.write(first);
  const timer = setInterval(() => socket.write(then), 20);
  socket.on('close', () => clearInterval(timer));
}

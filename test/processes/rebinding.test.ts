import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Child } from './child.js';
import { compiled } from './compiled.js';

const TIMES = 60;
/** Of no registry's block (RFC 7020): public by its form, and nobody answers there. */
const PUBLIC = '2d000000000000000000000000000001';
const LOOPBACK = '7f000001';
const TYPES = { A: 1, AAAA: 28 };

let dns: Socket;
let receiver: Server;
let connections = 0;
let questions = 0;

/** Says in turn: a public address, the loopback, both. */
function answersTo(type: number, nth: number): string[] {
  if (type === TYPES.A) return nth % 3 === 0 ? [] : [LOOPBACK];
  return type === TYPES.AAAA && nth % 3 !== 1 ? [PUBLIC] : [];
}

/** RFC 1035 §4: the question is given back, and each answer names it by a pointer and may not be kept. */
function reply(question: Buffer, addresses: readonly string[]): Buffer {
  const end = question.indexOf(0, 12) + 5;
  const type = question.subarray(end - 4, end - 2);
  const head = Buffer.from(question.subarray(0, end));
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.fill(0, 8, 12);
  const answers = addresses.map((hex) => {
    const address = Buffer.from(hex, 'hex');
    const fixed = Buffer.from('c00c00000001000000000000', 'hex');
    type.copy(fixed, 2);
    fixed.writeUInt16BE(address.length, 10);
    return Buffer.concat([fixed, address]);
  });
  return Buffer.concat([head, ...answers]);
}

beforeAll(async () => {
  const asked = new Map<number, number>();
  dns = createSocket('udp4', (question, { port, address }) => {
    questions += 1;
    const type = question.readUInt16BE(question.indexOf(0, 12) + 1);
    const nth = asked.get(type) ?? 0;
    asked.set(type, nth + 1);
    dns.send(reply(question, answersTo(type, nth)), port, address);
  });
  await new Promise<void>((resolve) => dns.bind(0, '127.0.0.1', resolve));
  receiver = createServer((_request, response) => response.end());
  receiver.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  dns.close();
  receiver.closeAllConnections();
  receiver.close();
});

beforeEach(() => {
  connections = 0;
  questions = 0;
});

/** How sixty attempts to one name ended. */
async function send(env: Record<string, string> = {}): Promise<string[]> {
  const { port } = receiver.address() as AddressInfo;
  const words = [`127.0.0.1:${dns.address().port}`, `http://rebinds.example:${port}`, String(TIMES)];
  const settings = {
    DATABASE_URL: 'postgres://nowhere/none',
    KITH_ENCRYPTION_KEYS: Buffer.alloc(32, 7).toString('base64'),
    WEBHOOK_ALLOW_HTTP: 'true',
    WEBHOOK_TIMEOUT_MS: '1000',
  };
  const file = compiled('test/processes/rebinding-process.ts');
  const child = new Child({ file, env: { ...settings, ...env }, words });
  const [told] = await child.says(/^\[.*\]\n/);
  await child.ended();
  return JSON.parse(told) as string[];
}

test('S1: a name that is public now and loopback then is never connected to at the loopback', async () => {
  const endings = await send();
  expect(connections).toBe(0);
  expect(questions).toBeGreaterThanOrEqual(TIMES * 2);
  expect(endings.filter((ending) => ending === 'address_not_allowed')).toHaveLength((TIMES * 2) / 3);
  expect(endings).not.toContain('200');
});

test('and it would be, were the operator to allow that name', async () => {
  const { port } = receiver.address() as AddressInfo;
  const endings = await send({ WEBHOOK_ALLOWED_HOSTS: `rebinds.example:${port}` });
  expect(connections).toBeGreaterThan(0);
  expect(endings).toContain('200');
});

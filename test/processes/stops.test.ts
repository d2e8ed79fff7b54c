import type { Child } from './child.js';
import { Installation } from './installation.js';
import { tell } from '../harness/figures.js';
import { until } from '../harness/until.js';
import { size } from '../harness/size.js';

/** `KITH_STOPS=20` for a long run. */
const STOPS = size('KITH_STOPS', 3, 1);
const CLIENTS = 50;

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.open({ RATE_LIMIT_PER_MINUTE: '0' });
});

afterAll(() => installation.close());

/** How requests ended: with which status, or how the connection did. */
type Endings = Map<string, number>;

/** Clients that write until nobody answers any more. */
async function writeUntilRefused(endings: Endings): Promise<void> {
  const client = async (): Promise<void> => {
    for (;;) {
      const ending = await installation.ask('POST', '/v1/contacts', { name: 'Ada' }).then(
        ({ status }) => String(status),
        (error: unknown) => reasonOf(error),
      );
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
      if (!/^\d+$/.test(ending)) return;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? String(cause ?? error);
}

/** SIGTERM in the middle of writing; how long the slower of the two took to end, in ms. */
async function stop(api: Child, worker: Child, endings: Endings): Promise<number> {
  const written = await contacts();
  const writing = writeUntilRefused(endings);
  await until('the clients write', async () => (await contacts()) > written + CLIENTS);
  const began = performance.now();
  for (const child of [api, worker]) child.signal('SIGTERM');
  expect(await Promise.all([api, worker].map((child) => child.ended()))).toEqual([0, 0]);
  const took = performance.now() - began;
  await writing;
  return took;
}

const contacts = (): Promise<number> => installation.number('select count(*) from contacts');

const TITLE = `K7: ${STOPS} × SIGTERM under ${CLIENTS} writers: whatever was written was answered, and both end with 0`;

async function answerAll(): Promise<void> {
  const endings: Endings = new Map();
  const took: number[] = [];
  for (let n = 0; n < STOPS; n += 1) {
    const [api, worker] = await Promise.all([installation.start('api'), installation.start('worker')]);
    took.push(await stop(api, worker, endings));
    expect(await contacts()).toBe(endings.get('201'));
    expect(await installation.number('select count(*) from deliveries where lease_token is not null')).toBe(0);
  }
  // Nothing but an answer or a connection that was not taken any more.
  expect(
    [...endings.keys()].filter((ending) => !/^(201|503|ECONNREFUSED|ECONNRESET|EPIPE|UND_ERR_SOCKET)$/.test(ending)),
  ).toEqual([]);
  tell(`${TITLE}: ${endings.get('201')} written, the slowest end took ${Math.round(Math.max(...took))} ms.`);
}

test(TITLE, answerAll, 60_000 + STOPS * 60_000);

import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from './child.js';
import { Installation } from './installation.js';
import { OwnServer } from './own-server.js';
import { promised, tell } from '../harness/figures.js';
import { until } from '../harness/until.js';
import { size } from '../harness/size.js';

/** `KITH_OUTAGES=20` for a long run. */
const OUTAGES = size('KITH_OUTAGES', 5, 2);
const TERMINATIONS = 20;
const CLIENTS = 50;
const RECOVERED_MS = 5_000;
const POOL = 10;

let server: OwnServer;
let installation: Installation;
let child: Child;

beforeAll(async () => {
  server = await OwnServer.open();
  installation = await Installation.open({ DATABASE_POOL: String(POOL), RATE_LIMIT_PER_MINUTE: '0' }, server);
  child = await installation.start('api,worker');
});

afterAll(() => installation.close());

/** Clients that write as fast as they are answered, and remember what they were told. */
class Writers {
  readonly acknowledged: string[] = [];
  readonly statuses = new Map<string, number>();
  /** When the youngest request was made that was acknowledged. */
  youngest = 0;
  private stopped = false;
  private readonly clients = Array.from({ length: CLIENTS }, (_, client) => this.write(client));

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.clients);
  }

  private async write(client: number): Promise<void> {
    for (let n = 0; !this.stopped; n += 1) {
      const name = `Contact ${client}.${n}`;
      const made = performance.now();
      const asked = await installation.ask('POST', '/v1/contacts', { name }).catch((error: unknown) => String(error));
      const status = typeof asked === 'string' ? asked : String(asked.status);
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
      if (typeof asked !== 'string' && asked.status === 201) {
        this.acknowledged.push(String(asked.answer.id));
        this.youngest = Math.max(this.youngest, made);
      } else await delay(20);
    }
  }
}

/** From the end of the server until a client's write is acknowledged by the next one, in ms. */
async function outage(writers: Writers): Promise<number> {
  const refused = writers.statuses.get('503') ?? 0;
  const began = performance.now();
  await server.crash();
  await until('a write is refused', () => (writers.statuses.get('503') ?? 0) > refused);
  const gone = performance.now();
  await until('a write is acknowledged again', () => writers.youngest > gone);
  return performance.now() - began;
}

async function terminateOne(): Promise<void> {
  await installation.rows(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name like 'kith%' and pid <> pg_backend_pid() order by random() limit 3`);
}

/** As many requests at once as the pool is large, several times over: a connection that leaked would be missing. */
async function expectWholePool(): Promise<void> {
  const asked = Array.from({ length: POOL * 10 }, () => installation.ask('GET', '/v1/contacts?first=1'));
  expect((await Promise.all(asked)).filter(({ status }) => status !== 200)).toEqual([]);
  const stuck = `select count(*) from pg_stat_activity where application_name = 'kith' and state <> 'idle'`;
  await until('no connection is held', async () => (await installation.number(stuck)) === 0);
  const open = `select count(*) from pg_stat_activity where application_name = 'kith'`;
  expect(await installation.number(open)).toBeLessThanOrEqual(POOL);
}

const TITLE = `K3: ${OUTAGES} ends of the database and ${TERMINATIONS} ends of its sessions under ${CLIENTS} writers`;

async function survive(): Promise<void> {
  const writers = new Writers();
  const outages = await trouble(writers).finally(() => writers.stop());
  if (!child.isRunning) throw new Error(`The program ended:\n${child.err}`);
  expect([...writers.statuses.keys()].sort()).toEqual(['201', '503']);
  promised(Math.max(...outages), RECOVERED_MS);
  const rows = await installation.rows<{ id: string }>('select id from contacts');
  const kept = new Set(rows.map(({ id }) => id));
  expect(writers.acknowledged.filter((id) => !kept.has(id))).toEqual([]);
  await expectWholePool();
  const told = `${writers.acknowledged.length} acknowledged, lost 0, ${writers.statuses.get('503')} times 503`;
  tell(`${TITLE}: ${told}, the slowest recovery took ${Math.round(Math.max(...outages))} ms.`);
}

/** How long each end of the server was felt, in ms; the ends of sessions follow. */
async function trouble(writers: Writers): Promise<number[]> {
  await until('the clients write', () => writers.acknowledged.length > CLIENTS);
  const outages: number[] = [];
  for (let n = 0; n < OUTAGES; n += 1) {
    outages.push(await outage(writers));
    await delay(200);
  }
  for (let n = 0; n < TERMINATIONS; n += 1) {
    await terminateOne();
    await delay(50);
  }
  return outages;
}

test(TITLE, survive, 120_000 + OUTAGES * 60_000);

import type { Child } from './child.js';
import { Installation } from './installation.js';
import type { Receiver } from './receiver.js';
import { until } from '../harness/until.js';

const SEALING_KEY = 'Y2FuYXJ5LXNlYWxpbmcta2V5LW9mLTMyLWJ5dGVzISE=';
const METRICS_TOKEN = 'canary-metrics-token';

let installation: Installation;
let receiver: Receiver;
let program: Child;
/** What nobody may find again, by what it is. */
let canaries: Map<string, string>;

beforeAll(async () => {
  installation = await Installation.open({
    KITH_ENCRYPTION_KEYS: `canary:${SEALING_KEY}`,
    METRICS_TOKEN,
    LOG_LEVEL: 'debug',
    WEBHOOK_RETRY_SECONDS: '0,0',
  });
  receiver = await installation.receiver();
  program = await installation.start('api,worker');
  canaries = await plant();
  await useThem();
});

afterAll(() => installation.close());

/** Each secret there is: those of the settings, and those that the API shows once. */
async function plant(): Promise<Map<string, string>> {
  const { secret: key } = await installation.post('/v1/keys', { name: 'Canary', scopes: ['contacts:read'] });
  const url = `http://${receiver.host}/canary`;
  await receiver.trust('/canary', null);
  const { id, secret } = await installation.post('/v1/webhooks', { url, eventTypes: ['contact.created'] });
  const { secret: rotated } = await installation.post(`/v1/webhooks/${String(id)}/secret`, {});
  const { url: feed } = await installation.post('/v1/calendarFeeds', { name: 'Canary' });
  const [, first] = /^ +(kith_\S{20,})$/m.exec(program.out) ?? [];
  const password = decodeURIComponent(new URL(installation.database.url).password);
  return new Map([
    ['the first key', String(first)],
    ['a further key', String(key)],
    ['a signing secret', String(secret)],
    ['its successor', String(rotated)],
    ['the address of a calendar', String(feed).split('/').at(-1)?.replace('.ics', '') ?? ''],
    ['the key of the key ring', SEALING_KEY],
    ['the password of the database', password],
    ['the token of the metrics', METRICS_TOKEN],
  ]);
}

/** Uses them rightly and wrongly: deliveries that succeed and fail, requests that are refused, a broken database. */
async function useThem(): Promise<void> {
  await installation.post('/v1/contacts', { name: 'Ada' });
  await receiver.behave('/canary', { answer: 'fail' });
  await installation.post('/v1/contacts', { name: 'Grace' });
  const finished = `select count(*) from deliveries where state in ('delivered', 'exhausted')`;
  await installation.untilNumber('deliveries end', 3, finished);
  for (const value of canaries.values()) {
    await installation.ask('GET', '/v1/contacts', undefined, { authorization: `Bearer ${value}x` });
    await installation.ask('POST', '/v1/contacts', { name: 1 }, { authorization: value });
  }
  await installation.rows(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'kith' and datname = current_database() and pid <> pg_backend_pid()`);
  await until('it is there again', async () => (await installation.ask('GET', '/v1/contacts')).status === 200);
}

/** The canaries that a text holds, as they are or in hexadecimal digits, as bytes are shown. */
function foundIn(text: string): string[] {
  const found = ([, value]: [string, string]): boolean =>
    text.includes(value) || text.includes(Buffer.from(value).toString('hex'));
  return [...canaries].filter(found).map(([what]) => what);
}

/** Every row of every table, as PostgreSQL writes it. */
async function dump(): Promise<string> {
  const tables = await installation.rows<{ name: string }>(
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await installation.rows<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

test('there are eight, each long enough to be no accident', () => {
  expect([...canaries].filter(([, value]) => value.length < 16 || value === 'undefined')).toEqual([]);
  expect(canaries.size).toBe(8);
});

test('S3: the database holds none of them', async () => {
  const rows = await dump();
  expect(rows).toContain('Grace');
  expect(foundIn(rows)).toEqual([]);
});

test('S3: the log holds none of them', () => {
  // The greeting shows the first key once; the log begins behind it.
  const log = program.out
    .slice(program.out.indexOf('Kith is running'))
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(foundIn(log.join('\n') + program.err)).toEqual([]);
});

test('S3: no later answer holds one of them', async () => {
  const collections = ['keys', 'webhooks', 'deliveries', 'events', 'calendarFeeds', 'contacts', 'accounts', 'changes'];
  const answers = await Promise.all(collections.map((name) => installation.ask('GET', `/v1/${name}`)));
  const everything = `{ webhooks { nodes { id url deliveries { nodes { id attempts { nodes { id response } } } } } } }`;
  const { status, answer } = await installation.ask('POST', '/graphql', { query: everything });
  expect(status).toBe(200);
  expect(foundIn(JSON.stringify([answers, answer]))).toEqual([]);
});

import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { atOnce } from './attacker.js';
import { Siege } from './siege.js';
import { until } from '../harness/until.js';

const ENDPOINTS = 100;

let siege: Siege;
let host: string;

beforeAll(async () => {
  siege = await Siege.lay();
  host = siege.receiver.host;
  await siege.receiver.behave('/hangs', { answer: 'hold' });
  for (const path of ['/filtered', '/hangs']) await siege.receiver.trust(path, null);
});
afterAll(() => siege.lift());

/** What does not fit is refused; what fits is made. */
async function endpoints(count: number, body: object): Promise<number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < count; n += 1) statuses.push((await siege.attacker.ask('POST', '/v1/webhooks', body)).status);
  return statuses;
}

async function clear(): Promise<void> {
  const { data } = await siege.attacker.make<{ data: { id: string }[] }>('GET', '/v1/webhooks?first=100');
  for (const { id } of data) await siege.attacker.make('DELETE', `/v1/webhooks/${id}`);
}

const contains = (letters: number, conditions: number): object => ({
  or: Array.from({ length: conditions }, (_, n) => ({
    name: { contains: `${n} ${'x'.repeat(letters)}`.slice(0, letters) },
  })),
});

it('C2: as many endpoints with filters as costly as they may be cost only their own account', async () => {
  const body = { url: `http://${host}/filtered`, eventTypes: ['contact.created'] };
  const { status, text } = await siege.attacker.ask('POST', '/v1/webhooks', { ...body, filter: contains(990, 50) });
  expect([status, JSON.parse(text).errors[0].pointer]).toEqual([422, '/filter']);
  const statuses = await endpoints(ENDPOINTS + 1, { ...body, filter: contains(40, 50) });
  expect(statuses).toEqual([...Array.from({ length: ENDPOINTS }, () => 201), 409]);
  const alone = await feltBy({ name: 'one event for costly filters', ...siege }, () =>
    siege.attacker.make('POST', '/v1/contacts', { name: 'x'.repeat(200) }),
  );
  expectUnharmed(alone, ALONE);
  const many = await feltBy({ name: '60 events for costly filters', ...siege, afterwards: 5_000 }, () =>
    atOnce(30, async () => {
      for (let n = 0; n < 2; n += 1) await siege.attacker.make('POST', '/v1/contacts', { name: `${n}`.repeat(200) });
    }),
  );
  expectUnharmed(many, THIRTY);
  const left = `select count(*) from outbox o join events e on e.id = o.event_id where e.type = 'contact.created'`;
  await until('its own events are fanned out too', async () => (await siege.installation.number(left)) === 0);
  await clear();
});

it('endpoints that never answer take no room of others', async () => {
  await endpoints(ENDPOINTS, { url: `http://${host}/hangs`, eventTypes: ['contact.created'] });
  const felt = await feltBy({ name: '100 endpoints that hang', ...siege, afterwards: 5_000 }, () =>
    atOnce(5, async () => {
      for (let n = 0; n < 6; n += 1) await siege.attacker.make('POST', '/v1/contacts', { name: `Contact ${n}` });
    }),
  );
  expectUnharmed(felt, ALONE);
  await siege.receiver.behave('/hangs', { answer: 'accept' });
  await siege.receiver.release();
});

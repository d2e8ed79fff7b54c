import { FanOut } from '../../../src/features/webhooks/sending/fan-out.js';
import { newId } from '../../../src/kit/ids.js';
import { holdsScope } from '../../../src/platform/actor/actor.js';
import { sentEvents } from '../../../src/platform/contract/catalogue.js';
import { TestProgram } from '../../harness/program.js';

/** They name one endpoint, which is the only one that gets them. */
const TRIALS = ['webhook.ping', 'webhook.sample'];

let program: TestProgram;
let accountId: string;
beforeAll(async () => {
  program = await TestProgram.start();
  ({ id: accountId } = (await program.ask('get', '/v1/account')).body as { id: string });
});
afterAll(() => program.stop());

const events = sentEvents().filter(({ name }) => !TRIALS.includes(name));
const nouns = [...new Set(events.map(({ scope }) => scope.split(':')[0] ?? ''))];
/** Every way to hold a scope, alone and with the one that every maker of endpoints needs. */
const held = [
  ['*'],
  ['webhooks:write'],
  ...nouns.flatMap((noun) => [[`${noun}:read`], [`${noun}:*`], [`${noun}:write`, 'webhooks:write']]),
];

async function endpoints(): Promise<Map<string, readonly string[]>> {
  const made = new Map<string, readonly string[]>();
  for (const scopes of held) {
    const body = { url: 'https://example.com/hook', eventTypes: ['*'] };
    const { id } = (await program.ask('post', '/v1/webhooks', { body })).body as { id: string };
    await program.pool.query('update webhooks set scopes = $2 where id = $1', [id, scopes]);
    made.set(id, scopes);
  }
  return made;
}

async function record(): Promise<void> {
  for (const { name } of events) {
    await program.pool.query(
      `with event as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
          values ($1, $2, $3, 'any', $4, now(), $5) returning account_id, id)
        insert into outbox (account_id, event_id) select account_id, id from event`,
      [accountId, newId(), name, newId(), { webhookId: newId() }],
    );
  }
}

describe('the events of every type, sent to endpoints of every scope', () => {
  it('reach those whose key may read them, and no other', async () => {
    const made = await endpoints();
    await program.pool.query('delete from outbox');
    await record();
    while (await program.app.get(FanOut).fanOut());
    const { rows } = await program.pool.query<{ id: string; type: string }>(
      `select webhook_id as id, event_type as type from deliveries where event_type <> all($1)`,
      [TRIALS],
    );
    const seen = rows.map(({ id, type }) => `${type} to ${String(made.get(id))}`).sort();
    const allowed = [...made.values()].flatMap((scopes) =>
      events.filter(({ scope }) => holdsScope(scopes, scope)).map(({ name }) => `${name} to ${String(scopes)}`),
    );
    expect(seen).toEqual(allowed.sort());
    expect(seen.length).toBeGreaterThan(events.length * 2);
    expect(seen.length).toBeLessThan((events.length * held.length) / 2);
  });
});

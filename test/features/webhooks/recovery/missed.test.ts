import { faces } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { until } from '../../../harness/until.js';
import { Receiver, status } from '../receiver.js';
import { sentEvents } from '../../../../src/platform/contract/catalogue.js';
import { webhookEvents } from '../../../../src/features/webhooks/webhook.events.js';
import { WebhookFace, begin, pass, settled, startWorker } from '../webhook-faces.js';

const LONG_AGO = '2020-01-01T00:00:00Z';
/** They are about no change, so nobody misses them. */
const TRIALS = [webhookEvents.ping.name, webhookEvents.sample.name];
const NOTHING = { count: 0, failed: 0, missed: 0, hasMore: false };

let shared: TestProgram;
let program: TestProgram;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  shared = await startWorker([receiver], { env: { WEBHOOK_RETENTION_DAYS: '3' } });
});
afterAll(async () => {
  await shared.stop();
  await receiver.stop();
});
beforeEach(async () => {
  program = await begin(shared, receiver);
  receiver.answer = status(200);
});

describe.each(faces)('what an endpoint missed, over %s', (name) => {
  let webhooks: WebhookFace;
  let id: string;

  const make = async (input: Record<string, unknown> = {}): Promise<void> => {
    webhooks = new WebhookFace(name, program);
    const { data } = await webhooks.create({ url: receiver.url, eventTypes: ['account.*'], ...input });
    id = String(data.id);
    await receiver.until('webhook.ping', 1);
    await settled(program);
  };
  const renameTo = (text: string) => webhooks.rest('patch', '/v1/account', { name: text });
  const act = async (noun: string): Promise<void> => {
    await spread();
    await program.ask('post', `/v1/webhooks/${id}/${noun}`);
  };
  /** Events that are not spread yet would reach whoever is active by then. */
  const spread = () =>
    until('no event waits', async () => (await program.pool.query('select from outbox')).rowCount === 0);
  const missWhilePaused = async (names: readonly string[]): Promise<void> => {
    await act('pause');
    for (const each of names) await renameTo(each);
    await act('activation');
  };
  const namesGot = () =>
    receiver.of('account.updated').map(({ body }) => (JSON.parse(body) as { data: { name: string } }).data.name);

  it('while it was paused is counted, and sent once, in order', async () => {
    await make({ throttlePerSecond: 5 });
    await renameTo('Seen');
    await spread();
    pass(program, 1_000);
    await receiver.until('account.updated', 1);
    await missWhilePaused(['One', 'Two', 'Three']);
    const missed = { count: 3, failed: 0, missed: 3, hasMore: false };
    expect((await webhooks.failed(id)).data).toEqual(missed);
    const done = await Promise.all([1, 2].map(() => webhooks.recover(id, { since: LONG_AGO })));
    expect(done.map(({ data }) => data.count).sort()).toEqual([0, 3]);
    for (let turn = 0; turn < 3; turn += 1) {
      pass(program, 1_000);
      await receiver.until('account.updated', 2 + turn);
    }
    await settled(program);
    expect(namesGot()).toEqual(['Seen', 'One', 'Two', 'Three']);
    expect((await webhooks.failed(id)).data).toEqual(NOTHING);
    expect((await webhooks.recover(id, { since: LONG_AGO })).data).toEqual(NOTHING);
  });

  it('while it was disabled is sent too, beside what was cancelled', async () => {
    await make();
    receiver.answer = status(410);
    await renameTo('Refused');
    await until('the endpoint is disabled', async () => {
      const { rows } = await program.pool.query('select status from webhooks where id = $1', [id]);
      return rows[0].status === 'disabled';
    });
    await renameTo('Unsent');
    receiver.answer = status(200);
    await act('activation');
    expect((await webhooks.failed(id)).data).toEqual({ count: 2, failed: 1, missed: 1, hasMore: false });
    await webhooks.recover(id, { since: LONG_AGO });
    await receiver.until('account.updated', 3);
    expect(namesGot().sort()).toEqual(['Refused', 'Refused', 'Unsent']);
  });

  it('is only what it asks for, may read, and had not begun to forget', async () => {
    const keyed = await program.ask('post', '/v1/keys', {
      body: { name: 'Narrow', scopes: ['webhooks:*', 'account:read'] },
    });
    webhooks = new WebhookFace(name, program, String(keyed.body.secret));
    const { data } = await webhooks.create({ url: `${receiver.url}/narrow`, eventTypes: ['*'] });
    await receiver.until('webhook.ping', 1);
    id = String(data.id);
    webhooks = new WebhookFace(name, program);
    await act('pause');
    await program.ask('post', '/v1/contacts', { body: { name: 'Beyond its scopes' } });
    await renameTo('Old');
    await act('activation');
    expect((await webhooks.failed(id)).data).toMatchObject({ missed: 1 });
    expect((await webhooks.failed(id, { until: '2026-01-01T00:00:00Z' })).data).toEqual(NOTHING);
    program.clock.advance(3 * 86_400_000 + 1);
    expect((await webhooks.failed(id)).data).toEqual(NOTHING);
  });

  it('is, of all events that exist, what each scope lets it read', async () => {
    webhooks = new WebhookFace(name, program);
    const rows = await program.pool.query(`select id from accounts order by id desc limit 1`);
    const account = rows.rows[0].id;
    const now = program.clock.now();
    const events = sentEvents().filter(({ name: type }) => !TRIALS.includes(type));
    for (const { name: type } of events) {
      await program.pool.query(
        `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
         values ($1, new_id(), $2, 'thing', new_id(), $3, json_build_object('webhookId', new_id()))`,
        [account, type, now],
      );
    }
    const missed: Record<string, number> = {};
    const scopes = [...new Set(events.map(({ scope }) => scope))];
    for (const scope of [...scopes, ...scopes.map((one) => one.replace(':read', ':write')), '*']) {
      const { rows: made } = await program.pool.query(
        `insert into webhooks (account_id, id, created_at, updated_at, url, event_types, scopes)
         values ($1, new_id(), $2, $2, 'https://hooks.example', '{*}', array[$3]) returning id`,
        [account, now, scope],
      );
      missed[scope] = Number((await webhooks.failed(made[0].id)).data.missed);
    }
    const wanted = scopes.map((scope) => [scope, events.filter((event) => event.scope === scope).length] as const);
    const none = scopes.map((scope) => [scope.replace(':read', ':write'), 0] as const);
    expect(missed).toEqual(Object.fromEntries([...wanted, ...none, ['*', events.length]]));
  });
});

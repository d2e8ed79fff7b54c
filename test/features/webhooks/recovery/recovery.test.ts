import { faceOf, faces } from '../../../harness/faces.js';
import type { TestProgram } from '../../../harness/program.js';
import { Receiver, status } from '../receiver.js';
import { WebhookFace, begin, pass, settled, startWorker } from '../webhook-faces.js';

const LONG_AGO = '2020-01-01T00:00:00Z';
const HOUR = 3_600_000;

let shared: TestProgram;
let program: TestProgram;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  shared = await startWorker([receiver], { env: { WEBHOOK_RETRY_SECONDS: '5' } });
});
afterAll(async () => {
  await shared.stop();
  await receiver.stop();
});
beforeEach(async () => {
  program = await begin(shared, receiver);
});

describe.each(faces)('the recovery of an endpoint over %s', (name) => {
  let webhooks: WebhookFace;
  let id: string;

  beforeEach(async () => {
    webhooks = new WebhookFace(name, program);
    const { data } = await webhooks.create({ url: receiver.url, eventTypes: ['account.*'] });
    id = String(data.id);
    await receiver.until('webhook.ping', 1);
    await settled(program);
  });

  /** Renames the account while the receiver is down, until both attempts of each have failed. */
  async function badDay(count: number): Promise<string[]> {
    receiver.answer = status(503);
    const before = receiver.of('account.updated').length;
    for (let n = 0; n < count; n += 1) await webhooks.rest('patch', '/v1/account', { name: `Lost ${n}` });
    await receiver.until('account.updated', before + count);
    await settled(program);
    pass(program, 10_000);
    await receiver.until('account.updated', before + 2 * count);
    await settled(program);
    receiver.answer = status(200);
    return receiver
      .of('account.updated')
      .slice(-count)
      .map(({ headers }) => String(headers['webhook-id']))
      .sort();
  }

  it('counts first, then sends everything that failed since then, under the same ids', async () => {
    const lost = await badDay(3);
    expect((await webhooks.failed(id)).data).toEqual({ count: 3, failed: 3, missed: 0, hasMore: false });
    const recovered = await webhooks.recover(id, { since: LONG_AGO });
    expect(recovered.data).toEqual({ count: 3, failed: 3, missed: 0, hasMore: false });
    await receiver.until('account.updated', 9);
    await settled(program);
    const again = receiver
      .of('account.updated')
      .slice(-3)
      .map(({ headers }) => String(headers['webhook-id']));
    expect(again.sort()).toEqual(lost);
    const states = (await webhooks.deliveries(id, 'account.updated')).map(({ state, attemptCount }) => [
      state,
      attemptCount,
    ]);
    expect(states).toEqual(Array(3).fill(['delivered', 3]));
    expect((await webhooks.failed(id)).data).toEqual({ count: 0, failed: 0, missed: 0, hasMore: false });
    expect((await webhooks.recover(id, { since: LONG_AGO })).data).toEqual({
      count: 0,
      failed: 0,
      missed: 0,
      hasMore: false,
    });
  });

  it('runs through the schedule anew', async () => {
    await badDay(1);
    receiver.answer = status(503);
    await webhooks.recover(id, { since: LONG_AGO });
    await receiver.until('account.updated', 3);
    await settled(program);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([{ state: 'pending', attemptCount: 3 }]);
    pass(program, 10_000);
    await receiver.until('account.updated', 4);
    await settled(program);
    expect(await webhooks.deliveries(id, 'account.updated')).toMatchObject([{ state: 'exhausted', attemptCount: 4 }]);
  });

  it('keeps to its window, to its endpoint, and leaves trials alone', async () => {
    const [early = ''] = await badDay(3);
    await program.pool.query(`update deliveries set created_at = created_at - interval '2 hours' where id = $1`, [
      early,
    ]);
    receiver.answer = status(410);
    await faceOf('rest', program).act({ type: 'Webhook', id, noun: 'ping', verb: 'pingWebhook' });
    await receiver.until('webhook.ping', 2);
    await settled(program);
    receiver.answer = status(200);
    expect((await webhooks.recover(id, { since: LONG_AGO })).code).toBe('conflict');
    await program.ask('post', `/v1/webhooks/${id}/activation`);
    const other = await webhooks.create({ url: receiver.url, eventTypes: ['contact.*'] });
    expect((await webhooks.failed(String(other.data.id))).data).toMatchObject({ count: 0 });
    const hourAgo = new Date(program.clock.now().getTime() - HOUR).toISOString();
    expect((await webhooks.failed(id)).data).toMatchObject({ count: 3 });
    expect((await webhooks.failed(id, { since: hourAgo })).data).toMatchObject({ count: 2 });
    expect((await webhooks.failed(id, { until: hourAgo })).data).toMatchObject({ count: 1 });
    expect((await webhooks.recover(id, { since: LONG_AGO, until: hourAgo })).data).toMatchObject({ count: 1 });
    await receiver.until('account.updated', 7);
    await settled(program);
    expect(receiver.of('account.updated').at(-1)?.headers['webhook-id']).toBe(early);
    expect((await webhooks.failed(id)).data).toMatchObject({ count: 2 });
  });

  it('takes 10,000 at a time', async () => {
    await program.ask('post', `/v1/webhooks/${id}/pause`);
    await program.pool.query(
      `with e as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
          select account_id, new_id(), 'account.updated', 'account', account_id, now(), '{}'
          from webhooks, generate_series(1, 10001) where id = $1 returning account_id, id)
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state)
        select account_id, new_id(), now(), now(), $1, id, 'account.updated', 'exhausted' from e`,
      [id],
    );
    expect((await webhooks.recover(id, { since: LONG_AGO })).code).toBe('conflict');
    expect((await webhooks.failed(id)).data).toMatchObject({ count: 10_000, failed: 10_000, hasMore: true });
    await program.ask('post', `/v1/webhooks/${id}/activation`);
    expect((await webhooks.recover(id, { since: LONG_AGO })).data).toMatchObject({ count: 10_000, hasMore: true });
    expect((await webhooks.recover(id, { since: LONG_AGO })).data).toMatchObject({ count: 1, hasMore: false });
    await program.ask('post', `/v1/webhooks/${id}/pause`);
    await settled(program);
  });

  it('is refused in words, and to strangers', async () => {
    const backwards = { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' };
    expect((await webhooks.failed(id, backwards)).errors).toEqual([expect.objectContaining({ pointer: 'until' })]);
    expect((await webhooks.recover(id, backwards)).errors).toEqual([expect.objectContaining({ pointer: '/until' })]);
    expect((await webhooks.failed(id, { since: 'yesterday' })).errors).toEqual([
      expect.objectContaining({ pointer: 'since' }),
    ]);
    expect((await webhooks.recover(id, { since: 'yesterday' })).errors).toEqual([
      expect.objectContaining({ pointer: '/since' }),
    ]);
    const stranger = new WebhookFace(name, program, await program.anotherAccount());
    expect((await stranger.failed(id)).code).toBe('not_found');
    expect((await stranger.recover(id, { since: LONG_AGO })).code).toBe('not_found');
  });
});

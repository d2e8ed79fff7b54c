import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { WebhookFace } from '../webhook-faces.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const AT = '2026-03-02T10:00:00.000Z';
const NOTHING = {
  deliveries: 0,
  pending: 0,
  delivered: 0,
  exhausted: 0,
  cancelled: 0,
  successRate: null,
  attempts: 0,
  p50Ms: null,
  p95Ms: null,
  lastSuccessAt: null,
  lastFailureAt: null,
  lastFailureCode: null,
  eventTypes: [],
};

interface Told {
  readonly type: string;
  readonly state: string;
  readonly at?: string;
  /** Duration, status and error of each attempt. */
  readonly attempts: readonly (readonly [number, number | null, string | null])[];
}

/** Writes a log as the worker would have: deliveries a minute apart, attempts a second apart. */
async function logged(webhookId: string, deliveries: readonly Told[]): Promise<void> {
  for (const [index, { type, state, at = AT, attempts }] of deliveries.entries()) {
    const { rows } = await program.pool.query<{ id: string; account_id: string }>(
      `with e as (insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
          select account_id, new_id(), $2, 'contact', id, now(), '{}' from webhooks where id = $1 returning account_id, id)
        insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state, next_attempt_at)
        select account_id, new_id(), $4::timestamptz + $5 * interval '1 min', now(), $1, id, $2, $3,
          case when $3 = 'pending' then now() end from e returning id, account_id`,
      [webhookId, type, state, at, index],
    );
    for (const [n, [duration, code, error]] of attempts.entries()) {
      await program.pool.query(
        `insert into attempts (account_id, id, delivery_id, number, started_at, duration_ms, status_code, error_code)
          values ($1, new_id(), $2, $3::int, $4::timestamptz + $5 * interval '1 min' + $3::int * interval '1 s', $6, $7, $8)`,
        [rows[0]?.account_id, rows[0]?.id, n + 1, at, index, duration, code, error],
      );
    }
  }
}

describe.each(faces)('the statistics of an endpoint over %s', (name) => {
  const made = async (): Promise<[WebhookFace, string]> => {
    const webhooks = new WebhookFace(name, program);
    const { data } = await webhooks.create({ url: 'https://hooks.example.com/x', eventTypes: ['contact.*'] });
    return [webhooks, String(data.id)];
  };

  it('are all there while nothing was sent', async () => {
    const [webhooks, id] = await made();
    const { data } = await webhooks.statistics(id);
    const weekAgo = new Date(program.clock.now().getTime() - 7 * 86_400_000).toISOString();
    expect(data).toEqual({ ...NOTHING, since: weekAgo });
  });

  it('count deliveries, attempts and time, by event', async () => {
    const [webhooks, id] = await made();
    const quick = Array.from({ length: 17 }, (_, n) => ({
      type: 'contact.created',
      state: 'delivered',
      attempts: [[n + 1, 200, null]] as const,
    }));
    await logged(id, [
      ...quick,
      {
        type: 'contact.updated',
        state: 'delivered',
        attempts: [
          [900, 503, null],
          [40, 204, null],
        ],
      },
      { type: 'contact.updated', state: 'exhausted', attempts: [[2_000, null, 'timeout']] },
      { type: 'contact.updated', state: 'pending', attempts: [[99_999, null, 'interrupted']] },
      { type: 'contact.deleted', state: 'cancelled', attempts: [[5, 410, null]] },
      { type: 'contact.deleted', state: 'delivered', at: '2026-02-01T00:00:00Z', attempts: [[5, 200, null]] },
    ]);
    const { data } = await webhooks.statistics(id);
    expect(data).toMatchObject({
      ...{ deliveries: 21, pending: 1, delivered: 18, exhausted: 1, cancelled: 1, successRate: 0.9 },
      ...{ attempts: 22, p50Ms: 10, p95Ms: 900 },
      ...{
        lastSuccessAt: '2026-03-02T10:17:02.000Z',
        lastFailureAt: '2026-03-02T10:20:01.000Z',
        lastFailureCode: '410',
      },
    });
    expect(data.eventTypes).toEqual([
      { eventType: 'contact.created', deliveries: 17, delivered: 17, failed: 0 },
      { eventType: 'contact.updated', deliveries: 3, delivered: 1, failed: 1 },
      { eventType: 'contact.deleted', deliveries: 1, delivered: 0, failed: 1 },
    ]);
    expect((await webhooks.statistics(id, '2026-03-02T10:18:00Z')).data).toMatchObject({
      deliveries: 3,
      delivered: 0,
      lastSuccessAt: null,
      successRate: 0,
    });
    expect((await webhooks.statistics(id, '2026-01-01T00:00:00Z')).data).toMatchObject({
      deliveries: 22,
      delivered: 19,
    });
  });

  it('are nobody else’s, and refuse what is no instant', async () => {
    const [webhooks, id] = await made();
    expect((await webhooks.statistics(id, 'P7D')).errors).toEqual([
      expect.objectContaining({ pointer: 'since', code: 'isInstant' }),
    ]);
    const stranger = new WebhookFace(name, program, await program.anotherAccount());
    expect((await stranger.statistics(id)).code).toBe('not_found');
  });
});

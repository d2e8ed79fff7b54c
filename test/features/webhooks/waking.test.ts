import { DELIVERIES } from '../../../src/features/webhooks/webhook.topics.js';
import { Wakeups } from '../../../src/platform/database/wakeups.js';
import { TestProgram } from '../../harness/program.js';

describe('the sender is woken', () => {
  let program: TestProgram;
  let arrived = 0;
  let id: string;

  beforeAll(async () => {
    program = await TestProgram.start();
    program.app.get(Wakeups).on(DELIVERIES, () => (arrived += 1));
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    id = (await act('/v1/webhooks', { url: 'https://hooks.example.com/kith' })).id;
    arrived = 0;
  });

  const act = async (path: string, body: object = {}): Promise<{ id: string }> => {
    const answer = await program.ask('post', path, { body });
    expect(answer.status).toBeLessThan(300);
    return answer.body;
  };

  it('by a sample, and when that is sent once more', async () => {
    const sample = await act(`/v1/webhooks/${id}/sample`, { eventType: 'webhook.ping' });
    expect(arrived).toBe(1);
    await act(`/v1/deliveries/${sample.id}/redelivery`);
    expect(arrived).toBe(2);
  });

  it('by an activation, for what waited meanwhile', async () => {
    await act(`/v1/webhooks/${id}/pause`);
    expect(arrived).toBe(0);
    await act(`/v1/webhooks/${id}/activation`);
    expect(arrived).toBe(1);
  });

  it('by a recovery', async () => {
    await act(`/v1/webhooks/${id}/recovery`, { since: '2026-01-01T00:00:00Z' });
    expect(arrived).toBe(1);
  });

  it('by a deletion, to give up what waits', async () => {
    await program.ask('delete', `/v1/webhooks/${id}`);
    expect(arrived).toBe(1);
  });
});

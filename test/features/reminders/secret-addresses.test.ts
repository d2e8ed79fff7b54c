import supertest from 'supertest';
import type { Test } from 'supertest';
import type { TestProgram } from '../../harness/program.js';
import { Receiver } from '../webhooks/receiver.js';
import { settled, startWorker } from '../webhooks/webhook-faces.js';
import { makeFeed } from './calendar/feeds.js';

const LIMIT = 6;

describe('addresses that are keys', () => {
  let program: TestProgram;
  let receiver: Receiver;

  beforeAll(async () => {
    receiver = await Receiver.start();
    program = await startWorker([receiver], { env: { RATE_LIMIT_PER_MINUTE: String(LIMIT) } });
  });
  afterAll(async () => {
    await program.stop();
    await receiver.stop();
  });

  const get = (path: string, accept: string): Test =>
    supertest(program.app.getHttpServer()).get(path).set('accept', accept);

  /** How many of so many requests are answered, and the last answer. */
  async function spent(path: string, accept: string) {
    const answers: Awaited<Test>[] = [];
    for (let n = 0; n <= LIMIT; n += 1) answers.push(await get(path, accept));
    return { through: answers.filter(({ status }) => status === 200).length, last: answers.at(-1) };
  }

  it('are asked no more often than a key, a calendar by itself', async () => {
    const [first, second] = [await makeFeed(program), await makeFeed(program)];
    const { through, last } = await spent(first.path, 'text/calendar');
    expect(through).toBe(LIMIT);
    expect(last).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await get(second.path, 'text/calendar')).status).toBe(200);
  });

  it('are asked no more often than a key, the action links of an account together', async () => {
    const webhook = { url: receiver.url, eventTypes: ['reminder.due'] };
    await program.ask('post', '/v1/webhooks', { body: webhook });
    const dueAt = program.clock.now().toISOString();
    await program.ask('post', '/v1/reminders', { body: { title: 'Write to Ada', dueAt } });
    const [ring] = await receiver.until('reminder.due', 1);
    await settled(program);
    const { actions } = JSON.parse(ring?.body ?? '') as { actions: { url: string }[] };
    const [path = ''] = actions.map(({ url }) => new URL(url).pathname);
    const { through, last } = await spent(path, 'text/html');
    expect(through).toBe(LIMIT);
    expect(last?.status).toBe(429);
    expect(last?.text).toContain('Too often for now');
    expect(last?.text).toContain(`may send ${LIMIT} requests`);
    expect((await get(path, 'application/json')).body).toMatchObject({ code: 'too_many_requests' });
  });
});

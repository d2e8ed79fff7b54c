import { Installation } from './installation.js';
import type { Letter } from './receiver-process.js';
import type { Receiver } from './receiver.js';
import { promised } from '../harness/figures.js';
import { until } from '../harness/until.js';

const LATEST_MS = 2_000;

let installation: Installation;
let receiver: Receiver;

beforeAll(async () => {
  installation = await Installation.open();
  receiver = await installation.receiver();
  await Promise.all([installation.start('api'), installation.start('worker')]);
  await installation.webhook(receiver, '/rings', ['reminder.due']);
});

afterAll(() => installation.close());

/** A reminder made on the API process, and its ring at the receiver, which the worker sent. */
async function ringOf(dueAt: Date): Promise<Letter> {
  const { id } = await installation.post('/v1/reminders', { title: 'Write to Ada', dueAt: dueAt.toISOString() });
  return until('the ring arrives', async () => {
    const rung = await installation.rows<{ subject_id: string }>(
      `select subject_id from events where type = 'reminder.due' and data ->> 'reminderId' = $1`,
      [id],
    );
    return (await receiver.letters()).find(({ subject }) => subject === rung[0]?.subject_id);
  });
}

test.each([1, 2, 3])(
  'a reminder that becomes due reaches the receiver, signed, within 2 s and not before (%#)',
  async () => {
    const dueAt = new Date(Date.now() + 1_500);
    const letter = await ringOf(dueAt);
    expect(letter).toMatchObject({ type: 'reminder.due', verified: true });
    expect(letter.at).toBeGreaterThanOrEqual(dueAt.getTime());
    promised(letter.at - dueAt.getTime(), LATEST_MS);
  },
);

test('a reminder that is made when it is already due rings at once', async () => {
  const madeAt = Date.now();
  const letter = await ringOf(new Date(madeAt - 1_000));
  expect(letter).toMatchObject({ verified: true });
  promised(letter.at - madeAt, LATEST_MS);
});

import { atOnce } from './attacker.js';
import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { ALL_ATTACKS } from './long-form.js';
import { Siege } from './siege.js';
import { LARGE } from '../platform/writes/large-answers.js';

let siege: Siege;
let id: string;

beforeAll(async () => {
  siege = await Siege.lay();
  ({ id } = await siege.attacker.make<{ id: string }>('POST', '/v1/contacts', LARGE));
});
afterAll(() => siege.lift());

it('C10: 1,000 empty updates of a large contact, alone and thirty at once', async () => {
  const operations = Array.from({ length: 1_000 }, () => ({ update: { id, set: {} } }));
  const body = JSON.stringify({ operations });
  const ask = async (key: string): Promise<void> => {
    const { text } = await siege.attacker.ask('POST', '/v1/contacts/batch', body, { 'idempotency-key': key });
    expect(text.length).toBeLessThan(4_000_000);
  };
  expectUnharmed(await feltBy({ name: 'C10', ...siege }, () => ask('alone')), ALONE);
  if (!ALL_ATTACKS) return;
  const thirty = await feltBy({ name: 'C10 × 30', ...siege }, () =>
    atOnce(30, (n) => ask(`key ${n}`.replace(' ', '-'))),
  );
  expectUnharmed(thirty, THIRTY);
});

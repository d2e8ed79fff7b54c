import { atOnce } from './attacker.js';
import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { ALL_ATTACKS } from './long-form.js';
import { Siege } from './siege.js';

let siege: Siege;
let id: string;
/** About 90 kB. */
const LARGE = {
  name: 'Ada',
  notes: '語'.repeat(10_000),
  custom: { text: 'c'.repeat(16_000) },
  links: Array.from({ length: 30 }, (_, n) => ({
    kind: 'website',
    value: `https://a.example/${n}${'語'.repeat(470)}`,
  })),
};

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

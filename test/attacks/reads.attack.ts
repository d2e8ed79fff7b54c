import { expectUnharmed, feltBy, THIRTY } from './felt.js';
import { atOnce } from './attacker.js';
import type { Answered } from './attacker.js';
import { Siege } from './siege.js';

const CONTACTS = 108_000;

let siege: Siege;

beforeAll(async () => {
  siege = await Siege.lay();
  const { id } = await siege.attacker.make<{ id: string }>('GET', '/v1/account');
  await siege.installation.rows(
    `insert into contacts (account_id, id, created_at, updated_at, name, company)
      select $1, new_id(), now(), now(), 'Contact ' || n, repeat('a company of some length ', 8) from generate_series(1, $2::int) n`,
    [id, CONTACTS],
  );
  // The database would do it while the attack is measured.
  await siege.installation.rows('vacuum analyze contacts');
  await siege.installation.rows('vacuum analyze contact_keys');
});
afterAll(() => siege.lift());

/** A text that no company contains, although all have its trigrams: no index helps. */
function texts(n: number): string {
  return `${'some '.repeat(2 + (n % 20))}${n < 20 ? 'length' : n < 40 ? 'company' : 'of'}`;
}

/** As many counts as a document may ask for, each of which reads every contact. */
function counts(): Promise<Answered> {
  const or = Array.from({ length: 45 }, (_, n) => ({ company: { contains: texts(n) } }));
  const fields = Array.from({ length: 60 }, (_, n) => `c${n}: contacts(filter: $f) { totalCount }`);
  return siege.attacker.graphql(`query ($f: ContactFilter) { ${fields.join(' ')} }`, { f: { or } });
}

it('C11: counts that read everything end in 503 for their own account alone', async () => {
  const { status, headers, text } = await counts();
  expect([status, headers.get('retry-after'), text]).toEqual([503, '1', expect.stringContaining('"unavailable"')]);
  const felt = await feltBy({ name: '60 counts over 108,000 contacts', ...siege }, () => counts());
  expectUnharmed(felt);
  const many = await feltBy({ name: 'the same from 30 at once', ...siege }, () => atOnce(30, () => counts()));
  expectUnharmed(many, THIRTY);
});

it('one slow read after the other from 30 at once is felt by nobody else', async () => {
  const filter = `filter[company][contains]=${encodeURIComponent(texts(3))}&total=true`;
  const felt = await feltBy({ name: '30 slow lists', ...siege }, () =>
    atOnce(30, () => siege.attacker.ask('GET', `/v1/contacts?${filter}`)),
  );
  expectUnharmed(felt, THIRTY);
});

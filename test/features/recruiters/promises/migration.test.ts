import type { Pool } from 'pg';
import { CheckupsService } from '../../../../src/features/accounts/checkups.service.js';
import { newId } from '../../../../src/kit/ids.js';
import { brokenPromises } from '../../../harness/broken-promises.js';
import type { TestDatabase } from '../../../harness/databases.js';
import { updatedFrom } from '../../../harness/older-release.js';
import { TestProgram } from '../../../harness/program.js';
import { TestClock } from '../../../harness/test-clock.js';

const ACCOUNT = newId();
const DAY_MS = 86_400_000;
const NOW = Date.now();
const at = (days: number): Date => new Date(NOW + days * DAY_MS);

let database: TestDatabase;
let program: TestProgram;

async function insert(pool: Pool, table: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const row = { account_id: ACCOUNT, id: newId(), created_at: at(-300), updated_at: at(-200), ...values };
  const places = Object.keys(row).map((_, i) => `$${i + 1}`);
  await pool.query(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
  return row.id;
}

/** A recruiter as the release before left it, with the reminder to check back. */
async function left(
  pool: Pool,
  name: string,
  status: string,
  days: number | null,
  parking: string | null,
): Promise<void> {
  const contact_id = await insert(pool, 'contacts', { name });
  const due_at = days === null ? null : at(days);
  const id = await insert(pool, 'recruiters', { contact_id, agency: name, status, parked_until: due_at, parking });
  if (!due_at) return;
  const about = { kind: 'check_back', subject_type: 'recruiter', subject_id: id, title: `Check back with ${name}` };
  const basis = parking ? `parking ${parking}` : `parked until ${due_at.toISOString()}`;
  const due_on = due_at.toISOString().slice(0, 10);
  const times = { due_at, starts_at: due_at, due_on, time_zone: 'UTC', follows_account: true, created_at: at(-100) };
  const reminder_id = await insert(pool, 'reminders', { ...about, ...times, basis });
  const ring =
    days !== null && days < 0 ? { state: 'open', fired_at: due_at } : { state: 'scheduled', wakes_at: due_at };
  await insert(pool, 'occurrences', { ...about, reminder_id, due_at, rings_at: due_at, ...ring });
}

beforeAll(async () => {
  database = await updatedFrom('CheckBacks', async (pool) => {
    await insert(pool, 'accounts', { id: ACCOUNT, name: 'My career' });
    await pool.query('delete from checkups');
    await left(pool, 'Ahead', 'parked', 20, newId());
    await left(pool, 'From before parkings were told apart', 'parked', 10, null);
    await left(pool, 'Expected', 'parked', -30, newId());
    await left(pool, 'Over', 'parked', -70, newId());
    await left(pool, 'Engaged', 'engaged', null, newId());
  });
  program = await TestProgram.start({ database, clock: new TestClock(at(0).toISOString()) });
});
afterAll(async () => {
  await program.stop();
  await database.drop();
});

it('who is parked is expected from then on; where the time is over, nobody knows whether they came', async () => {
  const day = (days: number): string => at(days).toISOString().slice(0, 10);
  const { rows } = await program.pool.query(
    `select r.agency, c.state, c.made_on, c.due_on, r.parking = c.id as parks from check_backs c join recruiters r on r.id = c.recruiter_id order by r.agency`,
  );
  const shown = { made_on: day(-100), parks: true };
  expect(rows).toEqual([
    { agency: 'Ahead', state: 'open', due_on: day(20), ...shown },
    { agency: 'Expected', state: 'open', due_on: day(-30), ...shown },
    { agency: 'From before parkings were told apart', state: 'open', due_on: day(10), ...shown },
    { agency: 'Over', state: 'waived', due_on: day(-70), ...shown },
  ]);
});

it('the worker plans their ends once, and leaves our own reminders of whoever is expected', async () => {
  expect(await program.app.get(CheckupsService).checkUp()).toBe(true);
  const { rows } = await program.pool.query(
    `select r.agency, m.kind, m.created_at < now() - interval '1 day' as stayed from reminders m
      left join check_backs c on c.id = m.subject_id join recruiters r on r.id in (m.subject_id, c.recruiter_id) order by 1, 2`,
  );
  expect(rows.map(({ agency, kind, stayed }) => `${agency} ${kind} ${stayed}`)).toEqual(
    ['Ahead', 'Expected', 'From before parkings were told apart'].flatMap((agency) => [
      `${agency} check_back true`,
      `${agency} check_back_ends false`,
    ]),
  );
  expect(await brokenPromises(program.app, false)).toEqual([]);
});

import type { Pool } from 'pg';
import { migrations } from '../../../src/app/data-source.js';
import { CheckupsService } from '../../../src/features/accounts/checkups.service.js';
import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { newId } from '../../../src/kit/ids.js';
import { connect, dataSource, migrate } from '../../../src/platform/database/source.js';
import { brokenPromises } from '../../harness/broken-promises.js';
import { freshDatabase } from '../../harness/databases.js';
import type { TestDatabase } from '../../harness/databases.js';
import { TestProgram } from '../../harness/program.js';
import { TestClock } from '../../harness/test-clock.js';

type Values = Readonly<Record<string, unknown>>;

const ACCOUNT = newId();
const DAY_MS = 86_400_000;
const NOW = Date.now();
const at = (days: number): Date => new Date(NOW + days * DAY_MS);

let database: TestDatabase;
let program: TestProgram;
let old: Pool;

async function insert(table: string, values: Values): Promise<void> {
  const row = { account_id: ACCOUNT, created_at: at(-100), updated_at: at(-100), ...values };
  const places = Object.keys(row).map((_, i) => `$${i + 1}`);
  await old.query(
    `insert into ${table} (${Object.keys(row).join(', ')}) values (${places.join(', ')})`,
    Object.values(row),
  );
}

/** A reminder as the release before left it, and its rings. */
async function left(title: string, reminder: Values, ...rings: Values[]): Promise<void> {
  const id = newId();
  const about = { kind: 'manual', subject_type: null, subject_id: null };
  const plan: Values = { due_at: at(0), starts_at: reminder.due_at ?? at(0), time_zone: 'UTC', ...reminder };
  await insert('reminders', { id, title, ...about, ...plan });
  const told = { kind: plan.kind ?? 'manual', subject_type: plan.subject_type, subject_id: plan.subject_id };
  for (const ring of rings)
    await insert('occurrences', {
      ...{ id: newId(), reminder_id: id, title, ...about, ...told, rings_at: ring.due_at },
      ...{ wakes_at: ring.state === 'scheduled' && plan.state !== 'paused' ? ring.due_at : null, ...ring },
    });
}

const scheduled = (days: number, more: Values = {}): Values => ({ state: 'scheduled', due_at: at(days), ...more });
const open = (days: number, more: Values = {}): Values => ({
  state: 'open',
  due_at: at(days),
  fired_at: at(days),
  ...more,
});
const done = (days: number, more: Values = {}): Values => ({
  ...{ state: 'done', due_at: at(days), fired_at: at(days), answered_at: at(days) },
  ...more,
});
const snoozed = (days: number, until: number): Values => ({
  ...{ state: 'snoozed', due_at: at(days), fired_at: at(days), answered_at: at(days), snoozed_until: at(until) },
});

/** The database of a release that knew a ring by its moment. */
async function older(): Promise<void> {
  const before = migrations.filter(({ name }) => Number(name.slice(-4)) <= 12);
  const source = dataSource({ url: database.url, pool: 2, entities: [], migrations: before });
  old = await connect(source);
  await old.query('drop schema public cascade');
  await old.query('create schema public');
  await migrate(source);
  await insert('accounts', { id: ACCOUNT, name: 'My career' });
  await reminders();
  await subjects();
  await source.destroy();
}

async function reminders(): Promise<void> {
  await left('snoozed, then told its own time again', { due_at: at(-1) }, snoozed(-1, 6));
  await left(
    'answered early, then given its rule again',
    { due_at: at(-2), starts_at: at(-9), every: 'P1D' },
    done(-2),
  );
  await left('made to stop repeating', { due_at: at(-9), starts_at: at(-9) }, done(-9));
  await left(
    'daily and snoozed for a week',
    { due_at: at(6), starts_at: at(-9), every: 'P1D' },
    snoozed(-1, 6),
    scheduled(6),
  );
  await left(
    'its series dead',
    { due_at: at(-1), starts_at: at(-9), rrule: 'FREQ=DAILY' },
    snoozed(-1.5, -1),
    done(-1),
  );
  await left(
    'a ring that stayed when it was paused',
    { due_at: at(1), starts_at: at(-9), every: 'P1D' },
    scheduled(-3, { wakes_at: null }),
    scheduled(1),
  );
  await left('moved while it was open', { due_at: at(5) }, open(-1), scheduled(5));
  await left('told as overdue no more', { due_at: at(-1) }, open(-1, { wakes_at: at(1) }));
  await left('overdue, and never told', { due_at: at(-1), overdue_after: 'P1D' }, open(-1));
  await left('two of its own ahead', { due_at: at(1), starts_at: at(-9), every: 'P1D' }, scheduled(1), scheduled(2));
  await left('paused for ever', { due_at: at(-1), state: 'paused' }, snoozed(-1, 3));
  await left('over', { due_at: at(-1), state: 'done' }, done(-1));
  await left('as it should be', { due_at: at(1), starts_at: at(-9), every: 'P1D' }, done(0), scheduled(1));
}

/** What features kept: contacts, a parked recruiter and rounds whose bells and dates went wrong. */
async function subjects(): Promise<void> {
  const contact = async (name: string, more: Values = {}): Promise<Values> => {
    const id = newId();
    await insert('contacts', { id, name, ...more });
    return { kind: 'keep_in_touch', subject_type: 'contact', subject_id: id };
  };
  const monthly = { keep_in_touch_every: 'P1M', last_touch_at: at(-60), next_touch_at: at(-30) };
  await left(
    'a cadence that fell silent',
    { ...(await contact('Ada', monthly)), due_at: at(-30), state: 'done' },
    done(-30),
  );
  await left(
    'a touch that was deleted',
    { ...(await contact('Bea', { ...monthly, last_touch_at: null })), due_at: at(-30) },
    done(-30),
  );
  await left('a last touch in the future', {
    ...(await contact('Cleo', { ...monthly, last_touch_at: at(900) })),
    due_at: at(-30),
  });
  await left(
    'a contact in the trash',
    { ...(await contact('Dora', { ...monthly, deleted_at: at(-1) })), due_at: at(5) },
    scheduled(5),
  );
  const recruiter = newId();
  const { subject_id } = await contact('Rita', { deleted_at: at(-1) });
  await insert('recruiters', { id: recruiter, contact_id: subject_id, status: 'parked', parked_until: at(5) });
  await left(
    'a recruiter in the trash',
    { kind: 'check_back', subject_type: 'recruiter', subject_id: recruiter, due_at: at(5) },
    scheduled(5),
  );
  const interview = newId();
  const round = newId();
  await insert('interviews', {
    id: interview,
    company: 'Engines',
    role: 'Engineer',
    intent: 'serious',
    exit_before: 'none',
    stage: 'ended',
  });
  await insert('rounds', { id: round, interview_id: interview, kind: 'coding', starts_at: at(6), time_zone: 'UTC' });
  await left(
    'a round of what has ended',
    { kind: 'round_upcoming', subject_type: 'round', subject_id: round, due_at: at(5) },
    scheduled(5),
  );
}

beforeAll(async () => {
  database = await freshDatabase();
  await older();
  const source = dataSource({ url: database.url, pool: 2, entities: [], migrations });
  await connect(source);
  await migrate(source);
  await source.destroy();
  program = await TestProgram.start({ database, clock: new TestClock(at(0).toISOString()) });
});
afterAll(async () => {
  await program.stop();
  await database.drop();
});

async function told(type: string): Promise<string[]> {
  const { rows } = await program.pool.query<{ title: string; times: number }>(
    `select data ->> 'title' as title, count(*) as times from events where type = $1 group by 1 order by 1`,
    [type],
  );
  return rows.map(({ title, times }) => (times === 1 ? title : `${title} (${times} times)`));
}

it('leaves nothing broken once no other worker is at it, and each reminder that is due rings once', async () => {
  expect(await brokenPromises(program.app, false)).not.toEqual([]);
  await program.pool.query(`update checkups set leased_until = now() + interval '1 hour'`);
  expect(await program.app.get(CheckupsService).checkUp()).toBe(false);
  expect(await brokenPromises(program.app, false)).not.toEqual([]);
  await program.pool.query(`update checkups set leased_until = now() - interval '1 second'`);
  expect(await program.app.get(CheckupsService).checkUp()).toBe(true);
  expect(await brokenPromises(program.app, false)).toEqual([]);
  while ((await program.app.get(RingsService).ringDue()) > 0);
  expect(await told('reminder.due')).toEqual([
    'Keep in touch with Ada',
    'Keep in touch with Bea',
    'Keep in touch with Cleo',
    'a ring that stayed when it was paused',
    'answered early, then given its rule again',
    'daily and snoozed for a week',
    'its series dead',
    'made to stop repeating',
    'snoozed, then told its own time again',
  ]);
  expect(await told('reminder.overdue')).toEqual(['overdue, and never told']);
});

it('does so once, and asks nobody again', async () => {
  const { rows } = await program.pool.query('select * from checkups');
  expect(rows).toEqual([]);
  const before = await program.events();
  expect(await program.app.get(CheckupsService).checkUp()).toBe(true);
  expect(before.length).toBeGreaterThan(0);
  expect(await program.events()).toEqual([]);
});

import { doctor } from '../../../src/app/doctor.js';
import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { TestProgram } from '../../harness/program.js';
import { Examining } from './examining.js';
import type { Ringing } from './ringing.js';

let shared: TestProgram;
let examining: Examining;
let on: Ringing;
beforeAll(async () => {
  shared = await TestProgram.start();
  examining = await Examining.of(shared);
  ({ on } = examining);
});
afterAll(() => shared.stop());
beforeEach(() => on.clear());

const daily = (): Promise<string> => on.remind({ dueAt: '2026-03-02T12:00:00Z', every: 'P1D' });

describe('rings', () => {
  it('finds an active reminder that lost its ring, and the ring that is made again rings', async () => {
    const id = await daily();
    await examining.sql('delete from occurrences');
    expect(await examining.findings()).toEqual([
      {
        check: 'rings_as_planned',
        type: 'reminder',
        accountId: expect.any(String) as string,
        id,
        wrong: 'is active, and no ring is open or ahead',
        remedy: expect.stringContaining('Repair puts its rings where its plan has them') as string,
      },
    ]);
    expect(await examining.mend()).toEqual([]);
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('ends one that has nothing ahead, and tells of it', async () => {
    await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await examining.sql(`update occurrences set state = 'done', answered_at = now(), wakes_at = null`);
    expect(await examining.wrongs()).toEqual(['rings_as_planned: is active, and no ring is open or ahead']);
    expect(await examining.mend()).toEqual(['reminder.updated']);
  });

  it('leaves one of two that are ahead', async () => {
    const id = await daily();
    await examining.sql('drop index occurrences_one_own_ahead');
    await examining.sql(
      `insert into occurrences select (jsonb_populate_record(o, jsonb_build_object('id', new_id()))).* from occurrences o`,
    );
    expect(await examining.wrongs()).toEqual(['rings_as_planned: has 2 rings of its own ahead']);
    await examining.mend();
    await examining.sql(`create unique index occurrences_one_own_ahead on occurrences (account_id, reminder_id)
      where state = 'scheduled' and puts_off is null`);
    expect(await on.rings(id)).toEqual(['2026-03-02T12:00 scheduled']);
  });

  it.each([
    [
      'its time',
      `due_at = due_at + interval '1 hour'`,
      /^rings_as_planned: has the ring \S+ at another time than due at/,
    ],
    ['when it rings', `rings_at = rings_at + interval '1 hour'`, /at another time/],
    ['when it wakes', 'wakes_at = null', /which nothing wakes/],
    ['when it wakes', `wakes_at = wakes_at + interval '1 year'`, /which nothing wakes/],
    ['its plan', 'plan_number = 7', /which nothing wakes/],
    ['what it puts off', 'puts_off = new_id()', /which its plan does not have/],
  ])('puts a ring back whose row lost %s', async (_, set, wrong) => {
    await daily();
    await examining.sql(`update occurrences set ${set}`);
    expect(await examining.wrongs()).toEqual([expect.stringMatching(wrong)]);
    await examining.mend();
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('makes the ring again that a snoozed one comes back by', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P1D' });
    await examining.sql(`delete from occurrences where state = 'scheduled'`);
    await examining.mend();
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('sets the time of a reminder that differs from its ring, and wakes nothing of a paused one', async () => {
    const id = await daily();
    await examining.sql(`update reminders set due_at = due_at + interval '1 day'`);
    expect(await examining.wrongs()).toEqual([
      expect.stringMatching(/^rings_as_planned: is due at 2026-03-03T12.*its ring at 2026-03-02/),
    ]);
    expect(await examining.mend()).toEqual(['reminder.updated']);
    await on.pause(id);
    await examining.sql('update occurrences set wakes_at = due_at');
    expect(await examining.wrongs()).toEqual([expect.stringMatching(/is paused, and its ring/)]);
    await examining.mend();
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual([]);
  });

  it('goes on with one that is over and has a ring ahead, and takes rings that its plan lacks', async () => {
    await daily();
    await examining.sql(`update reminders set state = 'done'`);
    expect(await examining.wrongs()).toEqual([expect.stringMatching(/is done, and its ring \S+ is scheduled/)]);
    expect(await examining.mend()).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('is late only while a worker runs', async () => {
    await daily();
    await examining.sql('truncate outbox');
    on.program.clock.set('2026-03-02T12:01:01.000Z');
    expect(await examining.wrongs()).toEqual([]);
    expect(await examining.wrongs(true)).toEqual([
      'rings_on_time: is scheduled, and a worker should have looked at it at 2026-03-02T12:00:00Z',
    ]);
    await on.events();
    expect(await on.at('2026-03-02T12:01:01.000Z')).toEqual(['reminder.due']);
    await examining.sql('truncate outbox');
    expect(await examining.wrongs(true)).toEqual([]);
  });

  it('has a digest as the account is set', async () => {
    await on.settings({ digest: 'daily' });
    await examining.sql(`delete from reminders`);
    expect(await examining.wrongs()).toEqual([
      'digests_as_set: has the setting digest = daily, and no reminder for one',
    ]);
    expect(await examining.mend()).toEqual(['reminder.created']);
    await examining.sql(`update accounts set digest = 'off'`);
    expect(await examining.wrongs()).toEqual(['digests_as_set: has the setting digest = off, and a reminder for one']);
    expect(await examining.mend()).toEqual(['reminder.deleted']);
  });
});

it('looks through all accounts, page by page, and leaves what only a person can mend', async () => {
  await daily();
  on.program.clock.set('2026-03-02T10:10:01.000Z');
  expect(await examining.wrongs()).toEqual([]);
  const stuck = expect.stringMatching(/^outbox_moves: \S+ is not fanned out since 2026-03-02T10:00:00Z$/) as string;
  expect(await examining.wrongs(true)).toEqual(expect.arrayContaining([stuck]));
  await shared.app.get(InstallationService).addAccount('Another', 'UTC');
  await examining.sql(`insert into contacts (account_id, id, created_at, updated_at, name, next_touch_at)
    select a.id, new_id(), now(), now(), 'Broken ' || n, now() from accounts a, generate_series(1, 700) n`);
  expect(await examining.findings()).toHaveLength(
    Number((await examining.sql('select count(*) from contacts')).rows[0].count),
  );
  const said: string[] = [];
  await examining.sql('truncate contacts cascade');
  expect(await doctor(shared.app, { repair: false, json: false, say: (line) => said.push(line) })).toBe(0);
  expect(said).toEqual([expect.stringMatching(/^\d+ promises checked: all are kept\.$/)]);
});

import { doctor } from '../../../src/app/doctor.js';
import { InstallationService } from '../../../src/features/accounts/installation.service.js';
import { Doctor } from '../../../src/platform/doctor/doctor.js';
import type { Finding } from '../../../src/platform/doctor/check.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
let on: Ringing;
beforeAll(async () => {
  shared = await TestProgram.start();
  on = await Ringing.over('rest', shared);
});
afterAll(() => shared.stop());
beforeEach(() => on.clear());

async function findings(workerRuns = false): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of shared.app.get(Doctor).findings(workerRuns)) found.push(finding);
  return found;
}

async function wrongs(workerRuns = false): Promise<string[]> {
  return (await findings(workerRuns)).map(({ check, wrong }) => `${check}: ${wrong}`);
}

/** Mends everything, as the command does; answers the events of it. */
async function mend(): Promise<string[]> {
  await on.events();
  const left = await doctor(shared.app, { repair: true, json: false, say: () => undefined });
  expect(left).toBe(0);
  expect(await wrongs()).toEqual([]);
  const events = await on.events();
  await doctor(shared.app, { repair: true, json: false, say: () => undefined });
  expect(await on.events()).toEqual([]);
  return events;
}

const sql = (text: string, ...values: unknown[]) => shared.pool.query(text, values);
const contact = (): Promise<string> => on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-02-20' });
const daily = (): Promise<string> => on.remind({ dueAt: '2026-03-02T12:00:00Z', every: 'P1D' });
const round = async (): Promise<string> => {
  const interviewId = await on.make('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
  return on.make('Round', { interviewId, kind: 'coding', startsAt: '2026-03-05T09:00:00Z' });
};
const parked = async (): Promise<string> => {
  const id = await on.make('Recruiter', { contact: { name: 'Rita' } });
  await on.face.act({ type: 'Recruiter', id, noun: 'parking', verb: 'parkRecruiter', input: { for: 'P1D' } });
  return id;
};

describe('rings', () => {
  it('finds an active reminder that lost its ring, and the ring that is made again rings', async () => {
    const id = await daily();
    await sql('delete from occurrences');
    expect(await findings()).toEqual([
      {
        check: 'rings_as_planned',
        type: 'reminder',
        accountId: expect.any(String) as string,
        id,
        wrong: 'is active, and no ring is open or ahead',
        remedy: expect.stringContaining('Repair puts its rings where its plan has them') as string,
      },
    ]);
    expect(await mend()).toEqual([]);
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('ends one that has nothing ahead, and tells of it', async () => {
    await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await sql(`update occurrences set state = 'done', answered_at = now(), wakes_at = null`);
    expect(await wrongs()).toEqual(['rings_as_planned: is active, and no ring is open or ahead']);
    expect(await mend()).toEqual(['reminder.updated']);
  });

  it('leaves one of two that are ahead', async () => {
    const id = await daily();
    await sql('drop index occurrences_one_own_ahead');
    await sql(
      `insert into occurrences select (jsonb_populate_record(o, jsonb_build_object('id', new_id()))).* from occurrences o`,
    );
    expect(await wrongs()).toEqual(['rings_as_planned: has 2 rings of its own ahead']);
    await mend();
    await sql(`create unique index occurrences_one_own_ahead on occurrences (account_id, reminder_id)
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
    await sql(`update occurrences set ${set}`);
    expect(await wrongs()).toEqual([expect.stringMatching(wrong)]);
    await mend();
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('makes the ring again that a snoozed one comes back by', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P1D' });
    await sql(`delete from occurrences where state = 'scheduled'`);
    await mend();
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('sets the time of a reminder that differs from its ring, and wakes nothing of a paused one', async () => {
    const id = await daily();
    await sql(`update reminders set due_at = due_at + interval '1 day'`);
    expect(await wrongs()).toEqual([
      expect.stringMatching(/^rings_as_planned: is due at 2026-03-03T12.*its ring at 2026-03-02/),
    ]);
    expect(await mend()).toEqual(['reminder.updated']);
    await on.pause(id);
    await sql('update occurrences set wakes_at = due_at');
    expect(await wrongs()).toEqual([expect.stringMatching(/is paused, and its ring/)]);
    await mend();
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual([]);
  });

  it('goes on with one that is over and has a ring ahead, and takes rings that its plan lacks', async () => {
    await daily();
    await sql(`update reminders set state = 'done'`);
    expect(await wrongs()).toEqual([expect.stringMatching(/is done, and its ring \S+ is scheduled/)]);
    expect(await mend()).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('is late only while a worker runs', async () => {
    await daily();
    await sql('truncate outbox');
    on.program.clock.set('2026-03-02T12:01:01.000Z');
    expect(await wrongs()).toEqual([]);
    expect(await wrongs(true)).toEqual([
      'rings_on_time: is scheduled, and a worker should have looked at it at 2026-03-02T12:00:00Z',
    ]);
    await on.events();
    expect(await on.at('2026-03-02T12:01:01.000Z')).toEqual(['reminder.due']);
    await sql('truncate outbox');
    expect(await wrongs(true)).toEqual([]);
  });

  it('has a digest as the account is set', async () => {
    await on.settings({ digest: 'daily' });
    await sql(`delete from reminders`);
    expect(await wrongs()).toEqual(['digests_as_set: has the setting digest = daily, and no reminder for one']);
    expect(await mend()).toEqual(['reminder.created']);
    await sql(`update accounts set digest = 'off'`);
    expect(await wrongs()).toEqual(['digests_as_set: has the setting digest = off, and a reminder for one']);
    expect(await mend()).toEqual(['reminder.deleted']);
  });
});

describe('what features keep', () => {
  it.each([
    [
      'the last touch',
      `last_touch_at = '2026-01-01Z'`,
      'touches_as_logged: has the last touch 2026-01-01T00:00:00.000Z, and the log has none',
    ],
    [
      'the next touch',
      `next_touch_at = '2026-01-01Z'`,
      'touches_as_logged: has the next touch 2026-01-01T00:00:00.000Z, and its rhythm gives 2026-03-20T09:00:00.000Z',
    ],
    [
      'the next touch',
      `next_touch_at = null`,
      'touches_as_logged: has the next touch none, and its rhythm gives 2026-03-20T09:00:00.000Z',
    ],
  ])('derives %s of a contact again', async (_, set, wrong) => {
    await contact();
    await sql(`update contacts set ${set}`);
    expect(await wrongs()).toEqual([wrong]);
    expect(await mend()).toEqual(['contact.updated']);
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('makes the reminder of a contact again, at the time of its next touch', async () => {
    const id = await contact();
    await sql('delete from reminders');
    expect(await wrongs()).toEqual([
      'touches_as_logged: has the next touch 2026-03-20T09:00:00.000Z, and its reminder is for none',
    ]);
    expect(await mend()).toEqual(['reminder.created']);
    await sql(`update reminders set starts_at = starts_at + interval '1 day', due_at = due_at + interval '1 day'`);
    await sql(
      `update occurrences set due_at = due_at + interval '1 day', rings_at = rings_at + interval '1 day', wakes_at = wakes_at + interval '1 day'`,
    );
    expect(await wrongs()).toEqual([expect.stringContaining('its reminder is for 2026-03-21T09:00:00.000Z')]);
    await mend();
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.about(id)).toHaveLength(1);
  });

  it('takes the reminder of a contact that is deleted or purged', async () => {
    await contact();
    await sql('update contacts set deleted_at = now()');
    expect(await wrongs()).toEqual([
      'touches_as_logged: is deleted, and its reminder for 2026-03-20T09:00:00.000Z is there',
    ]);
    expect(await mend()).toEqual(['reminder.deleted']);
    await contact();
    await sql('delete from contacts');
    expect(await wrongs()).toEqual(['touches_have_contacts: is about a contact that is purged']);
    expect(await mend()).toEqual(['reminder.deleted']);
  });

  it('checks back with whoever is parked, when, and with nobody else', async () => {
    await parked();
    await sql('delete from reminders');
    expect(await wrongs()).toEqual([
      expect.stringMatching(/^check_backs_as_parked: is parked until .*nothing reminds/),
    ]);
    expect(await mend()).toEqual(['reminder.created']);
    await sql(`update recruiters set parked_until = parked_until + interval '1 day'`);
    expect(await wrongs()).toEqual([expect.stringMatching(/the reminder to check back is for another time$/)]);
    await mend();
    expect(await on.at('2026-03-03T09:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-04T09:00:00.000Z')).toEqual(['reminder.due']);
    await sql(`update recruiters set status = 'engaged'`);
    expect(await wrongs()).toEqual(['check_backs_as_parked: is engaged, and a reminder to check back is there']);
    expect(await mend()).toEqual(['reminder.deleted']);
    await parked();
    await sql('delete from recruiters');
    expect(await wrongs()).toEqual(
      Array(1).fill('check_backs_have_recruiters: is to check back with a recruiter who is deleted'),
    );
    expect(await mend()).toEqual(['reminder.deleted']);
  });

  it('reminds of rounds that are ahead, when they are, and of no others', async () => {
    const id = await round();
    await sql('delete from reminders');
    expect(await wrongs()).toEqual(['round_reminders_as_scheduled: is ahead, and nothing reminds of it']);
    expect(await mend()).toEqual(['reminder.created']);
    await sql(`update rounds set starts_at = starts_at + interval '2 days'`);
    expect(await wrongs()).toEqual([
      'round_reminders_as_scheduled: has a reminder for another time than the day before it',
    ]);
    await mend();
    expect(await on.at('2026-03-06T09:00:00.000Z')).toEqual(['reminder.due']);
    await sql(`update interviews set stage = 'ended'`);
    expect(await wrongs()).toEqual(['round_reminders_as_scheduled: is over, and its reminder is there']);
    expect(await mend()).toEqual(['reminder.deleted']);
    on.program.clock.set('2026-03-02T10:00:00.000Z');
    await round();
    await sql('delete from rounds');
    expect(await wrongs()).toEqual(['round_reminders_have_rounds: is about a round that is deleted']);
    expect(await mend()).toEqual(['reminder.deleted']);
    expect(await on.about(id)).toEqual([]);
  });
});

it('looks through all accounts, page by page, and leaves what only a person can mend', async () => {
  await daily();
  on.program.clock.set('2026-03-02T10:10:01.000Z');
  expect(await wrongs()).toEqual([]);
  const stuck = expect.stringMatching(/^outbox_moves: \S+ is not fanned out since 2026-03-02T10:00:00Z$/) as string;
  expect(await wrongs(true)).toEqual(expect.arrayContaining([stuck]));
  await shared.app.get(InstallationService).addAccount('Another', 'UTC');
  await sql(`insert into contacts (account_id, id, created_at, updated_at, name, next_touch_at)
    select a.id, new_id(), now(), now(), 'Broken ' || n, now() from accounts a, generate_series(1, 700) n`);
  expect(await findings()).toHaveLength(Number((await sql('select count(*) from contacts')).rows[0].count));
  const said: string[] = [];
  await sql('truncate contacts cascade');
  expect(await doctor(shared.app, { repair: false, json: false, say: (line) => said.push(line) })).toBe(0);
  expect(said).toEqual([expect.stringMatching(/^\d+ promises checked: all are kept\.$/)]);
});

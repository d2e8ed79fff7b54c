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

const contact = (): Promise<string> => on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-02-20' });
const round = async (): Promise<string> => {
  const interviewId = await on.make('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
  return on.make('Round', { interviewId, kind: 'coding', startsAt: '2026-03-05T09:00:00Z' });
};
const parked = async (): Promise<string> => {
  const id = await on.make('Recruiter', { contact: { name: 'Rita' } });
  await on.face.act({ type: 'Recruiter', id, noun: 'parking', verb: 'parkRecruiter', input: { for: 'P1D' } });
  return id;
};

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
    await examining.sql(`update contacts set ${set}`);
    expect(await examining.wrongs()).toEqual([wrong]);
    expect(await examining.mend()).toEqual(['contact.updated']);
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('makes the reminder of a contact again, at the time of its next touch', async () => {
    const id = await contact();
    await examining.sql('delete from reminders');
    expect(await examining.wrongs()).toEqual([
      'touches_as_logged: has the next touch 2026-03-20T09:00:00.000Z, and its reminder is for none',
    ]);
    expect(await examining.mend()).toEqual(['reminder.created']);
    await examining.sql(
      `update reminders set starts_at = starts_at + interval '1 day', due_at = due_at + interval '1 day'`,
    );
    await examining.sql(
      `update occurrences set due_at = due_at + interval '1 day', rings_at = rings_at + interval '1 day', wakes_at = wakes_at + interval '1 day'`,
    );
    expect(await examining.wrongs()).toEqual([expect.stringContaining('its reminder is for 2026-03-21T09:00:00.000Z')]);
    await examining.mend();
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.about(id)).toHaveLength(1);
  });

  it('takes the reminder of a contact that is deleted or purged', async () => {
    await contact();
    await examining.sql('update contacts set deleted_at = now()');
    expect(await examining.wrongs()).toEqual([
      'touches_as_logged: is deleted, and its reminder for 2026-03-20T09:00:00.000Z is there',
    ]);
    expect(await examining.mend()).toEqual(['reminder.deleted']);
    await contact();
    await examining.sql('delete from contacts');
    expect(await examining.wrongs()).toEqual(['touches_have_contacts: is about a contact that is purged']);
    expect(await examining.mend()).toEqual(['reminder.deleted']);
  });

  it('checks back with whoever is parked, when, and with nobody else', async () => {
    await parked();
    await examining.sql('delete from reminders');
    expect(await examining.wrongs()).toEqual([
      expect.stringMatching(/^check_backs_as_parked: is parked until .*nothing reminds/),
      'check_backs_end: is open and due on 2026-03-03, and nothing ends it',
    ]);
    expect(await examining.mend()).toEqual(['reminder.created', 'reminder.created']);
    await examining.sql(`update recruiters set parked_until = parked_until + interval '1 day'`);
    expect(await examining.wrongs()).toEqual([expect.stringMatching(/expected for another day$/)]);
    expect(await examining.mend()).toEqual(['recruiter.updated']);
    expect(await on.at('2026-03-03T08:59:59.999Z')).toEqual([]);
    expect(await on.at('2026-03-03T09:00:00.000Z')).toEqual(['reminder.due']);
    await examining.sql(`update recruiters set status = 'engaged'`);
    expect(await examining.wrongs()).toEqual(['check_backs_as_parked: is engaged, and is expected to come back']);
    expect(await examining.mend()).toEqual([
      ...['recruiter.check_back_waived', 'reminder.deleted', 'reminder.deleted'],
    ]);
    await parked();
    await examining.sql('delete from recruiters');
    expect(await examining.wrongs()).toEqual([
      'check_backs_have_recruiters: is to check back with a recruiter who is deleted',
      'check_back_ends_have_check_backs: is about a check-back that is deleted',
    ]);
    expect(await examining.mend()).toEqual(['reminder.deleted', 'reminder.deleted']);
  });

  it('expects whoever is parked, and waits for the end of what stands', async () => {
    await parked();
    await examining.sql(`update check_backs set state = 'waived', settled_at = now()`);
    expect(await examining.wrongs()).toEqual([
      'check_backs_as_parked: is parked and not expected any more, and a reminder to check back is there',
      'check_backs_end: is waived, and something waits for its end',
    ]);
    expect(await examining.mend()).toEqual(['reminder.deleted', 'reminder.deleted']);
    await on.clear();
    await parked();
    await examining.sql('delete from check_backs');
    expect(await examining.wrongs()).toEqual([
      expect.stringMatching(/^check_backs_as_parked: is parked until .*nobody expects them$/),
      'check_back_ends_have_check_backs: is about a check-back that is deleted',
    ]);
    expect((await examining.mend()).sort()).toEqual([
      ...['recruiter.check_back_made', 'recruiter.updated', 'reminder.created', 'reminder.deleted', 'reminder.updated'],
    ]);
    await examining.sql(`update check_backs set due_on = due_on + 1`);
    expect(await examining.wrongs()).toEqual([
      expect.stringMatching(/expected for another day$/),
      'check_backs_end: is open and due on 2026-03-04, and nothing ends it',
    ]);
    await examining.mend();
    expect(await on.at('2026-05-04T09:00:00.000Z')).toContain('recruiter.check_back_missed');
  });

  it.each([
    [
      `state = 'kept', returned_on = '2026-01-01', settled_at = now(), former = '{}'`,
      'is kept and due on 2026-03-03, by a return on 2026-01-01',
    ],
    [`state = 'early', former = '{}'`, 'is early, by a return on no day'],
    [`settled_at = now()`, 'is open, and was settled'],
    [`former = '{}'`, 'is open, and its last return could be taken back'],
  ])('knows what a return means: %s', async (set, wrong) => {
    await parked();
    await examining.sql(`update check_backs set ${set}`);
    expect(await examining.wrongs()).toContain(`check_backs_as_returned: ${wrong}`);
  });

  it('reminds of rounds that are ahead, when they are, and of no others', async () => {
    const id = await round();
    await examining.sql('delete from reminders');
    expect(await examining.wrongs()).toEqual(['round_reminders_as_scheduled: is ahead, and nothing reminds of it']);
    expect(await examining.mend()).toEqual(['reminder.created']);
    await examining.sql(`update rounds set starts_at = starts_at + interval '2 days'`);
    expect(await examining.wrongs()).toEqual([
      'round_reminders_as_scheduled: has a reminder for another time than the day before it',
    ]);
    await examining.mend();
    expect(await on.at('2026-03-06T09:00:00.000Z')).toEqual(['reminder.due']);
    await examining.sql(`update interviews set stage = 'ended'`);
    expect(await examining.wrongs()).toEqual(['round_reminders_as_scheduled: is over, and its reminder is there']);
    expect(await examining.mend()).toEqual(['reminder.deleted']);
    on.program.clock.set('2026-03-02T10:00:00.000Z');
    await round();
    await examining.sql('delete from rounds');
    expect(await examining.wrongs()).toEqual(['round_reminders_have_rounds: is about a round that is deleted']);
    expect(await examining.mend()).toEqual(['reminder.deleted']);
    expect(await on.about(id)).toEqual([]);
  });
});

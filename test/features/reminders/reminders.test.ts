import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const DAY = 86_400_000;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('reminders over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const ring = (): Promise<number> => program.app.get(RingsService).ringDue();
  const answer = (id: unknown, noun: string, verb: string, input?: Record<string, unknown>) =>
    face.act({ type: 'Reminder', id: String(id), noun, verb, ...(input ? { input } : {}) });
  const occurrences = async (reminderId: unknown, state?: string) => {
    const filter = { reminderId: { eq: reminderId }, ...(state ? { state: { eq: state } } : {}) };
    return (await face.page('Occurrence', { filter, sort: 'dueAt' })).rows;
  };

  it('rings once when it is due, and not before', async () => {
    const { data } = await face.create('Reminder', { title: 'Call Ada', dueAt: '2026-03-02T12:00:00+01:00' });
    expect(data).toMatchObject({
      kind: 'manual',
      dueAt: '2026-03-02T11:00:00.000Z',
      timeZone: 'UTC',
      state: 'active',
      version: 1,
    });
    expect(await ring()).toBe(0);
    program.clock.set('2026-03-02T11:00:00.000Z');
    expect(await ring()).toBe(1);
    expect(await ring()).toBe(0);
    expect(await occurrences(data.id)).toMatchObject([
      { state: 'open', title: 'Call Ada', firedAt: '2026-03-02T11:00:00.000Z', late: false, missedCount: 0 },
    ]);
    expect(await program.events()).toEqual(['reminder.created', 'reminder.due']);
  });

  it('rings under the title that it has by then', async () => {
    const { data } = await face.create('Reminder', { title: 'Call Ada', dueAt: '2026-03-02T11:00:00Z' });
    await face.update('Reminder', String(data.id), { title: 'Write to Ada' });
    program.clock.set('2026-03-02T11:00:00.000Z');
    await ring();
    expect(await occurrences(data.id)).toMatchObject([{ state: 'open', title: 'Write to Ada' }]);
  });

  it('carries in its event exactly what REST shows', async () => {
    const { data } = await face.create('Reminder', { title: 'Call Ada', dueAt: '2026-03-02T09:00:00Z' });
    await ring();
    const [shown] = await faceOf('rest', program)
      .page('Occurrence', { filter: { reminderId: { eq: data.id } } })
      .then(({ rows }) => rows);
    const { rows } = await program.pool.query(
      `select data from events where type = 'reminder.due' order by sequence desc limit 1`,
    );
    expect(rows[0].data).toEqual(shown);
  });

  it('is completed: the ring is done and so is the reminder', async () => {
    const { data } = await face.create('Reminder', { title: 'Write', dueAt: '2026-03-02T09:00:00Z' });
    await ring();
    const done = await answer(data.id, 'completion', 'completeReminder');
    expect(done.data).toMatchObject({ state: 'done' });
    expect(await occurrences(data.id)).toMatchObject([{ state: 'done', answeredAt: '2026-03-02T10:00:00.000Z' }]);
    expect((await answer(data.id, 'completion', 'completeReminder')).code).toBe('conflict');
    expect(await program.events()).toEqual(['reminder.created', 'reminder.due', 'reminder.completed']);
  });

  it('is put off, and rings again then', async () => {
    const { data } = await face.create('Reminder', { title: 'Write', dueAt: '2026-03-02T09:00:00Z' });
    await ring();
    const snoozed = await answer(data.id, 'snooze', 'snoozeReminder', { for: 'P1W' });
    expect(snoozed.data).toMatchObject({ state: 'active', dueAt: '2026-03-09T10:00:00.000Z' });
    expect(await ring()).toBe(0);
    program.clock.set('2026-03-09T10:00:00.000Z');
    expect(await ring()).toBe(1);
    expect((await occurrences(data.id)).map(({ state }) => state)).toEqual(['snoozed', 'open']);
    expect(await program.events()).toEqual(['reminder.created', 'reminder.due', 'reminder.snoozed', 'reminder.due']);
  });

  it('refuses to be put off into the past, or twice at once, and changes nothing', async () => {
    const { data } = await face.create('Reminder', { title: 'Write', dueAt: '2026-03-02T09:00:00Z' });
    await program.events();
    const past = await answer(data.id, 'snooze', 'snoozeReminder', { until: '2026-03-02T10:00:00Z' });
    expect(past).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/until', code: 'notAhead' }] });
    const both = await answer(data.id, 'snooze', 'snoozeReminder', { until: '2026-03-05T09:59:00Z', for: 'P1D' });
    expect(both).toMatchObject({ code: 'invalid_input', errors: [{ pointer: '/until', code: 'oneOf' }] });
    expect(await program.events()).toEqual([]);
  });

  it('is waved away', async () => {
    const { data } = await face.create('Reminder', { title: 'Write', dueOn: '2026-03-02' });
    await ring();
    expect((await answer(data.id, 'dismissal', 'dismissReminder')).data).toMatchObject({
      state: 'dismissed',
      dueAt: '2026-03-02T09:00:00.000Z',
    });
    expect(await program.events()).toEqual(['reminder.created', 'reminder.due', 'reminder.dismissed']);
  });

  it('repeats on the wall clock, through the change to summer time', async () => {
    const rule = {
      title: 'Review',
      dueAt: '2026-03-28T09:00:00+01:00',
      timeZone: 'Europe/Berlin',
      rrule: 'FREQ=DAILY',
    };
    const { data } = await face.create('Reminder', rule);
    for (const instant of ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z', '2026-03-30T07:00:00Z']) {
      program.clock.set(instant);
      expect(await ring()).toBe(1);
    }
    expect((await occurrences(data.id)).map(({ dueAt, state }) => [dueAt, state])).toEqual([
      ['2026-03-28T08:00:00.000Z', 'missed'],
      ['2026-03-29T07:00:00.000Z', 'missed'],
      ['2026-03-30T07:00:00.000Z', 'open'],
      ['2026-03-31T07:00:00.000Z', 'scheduled'],
    ]);
  });

  it('repeats from its first time on, though a rule knows no fractions of a second', async () => {
    const rule = { title: 'Daily', dueAt: '2026-03-03T10:00:00.157Z', timeZone: 'UTC', rrule: 'FREQ=DAILY' };
    const { data } = await face.create('Reminder', rule);
    expect(data).toMatchObject({ dueAt: '2026-03-03T10:00:00.000Z', startsAt: '2026-03-03T10:00:00.000Z' });
    const moved = await face.update('Reminder', String(data.id), { dueAt: '2026-03-05T10:00:00.999Z' });
    expect(moved.data).toMatchObject({ dueAt: '2026-03-05T10:00:00.000Z' });
    expect((await occurrences(data.id)).map(({ dueAt }) => dueAt)).toEqual(['2026-03-05T10:00:00.000Z']);
  });

  it('rings once after downtime, late, and tells how many it missed', async () => {
    const { data } = await face.create('Reminder', {
      title: 'Daily',
      dueAt: '2026-03-03T10:00:00Z',
      rrule: 'FREQ=DAILY',
    });
    program.clock.advance(10 * DAY);
    expect(await ring()).toBe(1);
    expect(await ring()).toBe(0);
    expect(await occurrences(data.id)).toMatchObject([
      { state: 'open', dueAt: '2026-03-03T10:00:00.000Z', late: true, missedCount: 9 },
      { state: 'scheduled', dueAt: '2026-03-13T10:00:00.000Z' },
    ]);
    expect(await program.events()).toEqual(['reminder.created', 'reminder.due']);
  });

  it('can be answered ahead of its time', async () => {
    const { data } = await face.create('Reminder', {
      title: 'Weekly',
      dueAt: '2026-03-04T10:00:00Z',
      rrule: 'FREQ=WEEKLY',
    });
    const done = await answer(data.id, 'completion', 'completeReminder');
    expect(done.data).toMatchObject({ state: 'active', dueAt: '2026-03-11T10:00:00.000Z' });
    expect((await occurrences(data.id)).map(({ state }) => state)).toEqual(['done', 'scheduled']);
  });

  it('is moved to another time', async () => {
    const { data } = await face.create('Reminder', { title: 'Move me', dueAt: '2026-03-04T10:00:00Z' });
    const moved = await face.update('Reminder', String(data.id), { dueOn: '2026-04-01', title: 'Moved' });
    expect(moved.data).toMatchObject({ title: 'Moved', dueAt: '2026-04-01T09:00:00.000Z', version: 2 });
    expect(await occurrences(data.id)).toMatchObject([{ state: 'scheduled', dueAt: '2026-04-01T09:00:00.000Z' }]);
    expect((await face.update('Reminder', String(data.id), {})).data).toMatchObject({ version: 2 });
    expect(await program.events()).toEqual(['reminder.created', 'reminder.updated']);
  });

  it('is deleted with its rings', async () => {
    const { data } = await face.create('Reminder', { title: 'Gone', dueAt: '2026-03-04T10:00:00Z' });
    expect((await face.remove('Reminder', String(data.id))).code).toBeNull();
    expect((await face.one('Reminder', String(data.id))).code).toBe('not_found');
    expect(await occurrences(data.id)).toEqual([]);
    expect(await program.events()).toEqual(['reminder.created', 'reminder.deleted']);
  });

  it.each([
    [{ title: 'x' }, ['/dueAt']],
    [{ title: '', dueAt: 'tomorrow', note: '\ud800' }, ['/title', '/dueAt', '/note']],
    [{ title: 'x', dueAt: '2026-03-04T10:00:00Z', priority: 'urgent' }, ['/priority']],
    [{ title: 'x', dueAt: '2026-03-04T10:00:00Z', rrule: 'FREQ=SECONDLY' }, ['/rrule']],
    [{ title: 'x', dueAt: '2026-03-04T10:00:00Z', rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, ['/rrule']],
    [{ title: 'x', dueAt: '2026-03-04T10:00:00Z', timeZone: 'Mars/Olympus' }, ['/timeZone']],
    [{ title: 'a\u0000b', dueAt: '2026-03-04T10:00:00Z' }, ['/title']],
    [{ title: 'x'.repeat(201), dueAt: '2026-03-04T10:00:00Z' }, ['/title']],
    [{ title: 'x', dueAt: '9999-03-04T10:00:00Z' }, ['/dueAt']],
    [{ title: 'x', dueAt: '2026-03-04T10:00:00Z', subjectType: 'contact' }, ['/subjectType']],
  ])('refuses %j, naming each broken field, and writes nothing', async (input, pointers) => {
    const refused = await face.create('Reminder', input);
    expect(refused.code).toBe('invalid_input');
    expect(refused.errors.map(({ pointer }) => pointer).sort()).toEqual([...pointers].sort());
    expect(await program.events()).toEqual([]);
    expect((await face.page('Reminder')).rows).toEqual([]);
  });

  it("cannot be seen, answered or moved by another account's key", async () => {
    const { data } = await face.create('Reminder', { title: 'Mine', dueAt: '2026-03-04T10:00:00Z' });
    const stranger = face.as(await program.anotherAccount());
    const id = String(data.id);
    expect((await stranger.one('Reminder', id)).code).toBe('not_found');
    expect((await stranger.update('Reminder', id, { title: 'Yours' })).code).toBe('not_found');
    expect((await stranger.remove('Reminder', id)).code).toBe('not_found');
    expect((await stranger.act({ type: 'Reminder', id, noun: 'completion', verb: 'completeReminder' })).code).toBe(
      'not_found',
    );
    expect((await stranger.page('Reminder')).rows).toEqual([]);
    expect(await program.events()).toEqual(['reminder.created']);
  });
});

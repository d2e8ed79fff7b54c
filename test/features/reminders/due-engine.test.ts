import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('what becomes due, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.ask('patch', '/v1/account', { body: { quietFrom: null, quietUntil: null } });
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const ringAt = (instant: string): Promise<number> => {
    program.clock.set(instant);
    return program.app.get(RingsService).ringDue();
  };
  const remind = async (input: Record<string, unknown>): Promise<string> => {
    const { data, code } = await face.create('Reminder', { title: 'Write to Ada', ...input });
    expect(code).toBeNull();
    return String(data.id);
  };
  const answer = (id: string, noun: string, verb: string, input?: Record<string, unknown>) =>
    face.act({ type: 'Reminder', id, noun, verb, ...(input ? { input } : {}) });
  const rings = async (reminderId: string) => {
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: reminderId } }, sort: 'dueAt' });
    return rows.map(({ dueAt, state }) => [String(dueAt).slice(0, 16), state]);
  };

  it('repeats by a period, counted from the first: a short month does not shorten the next', async () => {
    const id = await remind({ dueAt: '2026-03-31T10:00:00Z', every: 'P1M' });
    for (const instant of ['2026-03-31T10:00:00Z', '2026-04-30T10:00:00Z', '2026-05-31T10:00:00Z'])
      await ringAt(instant);
    expect(await rings(id)).toEqual([
      ['2026-03-31T10:00', 'missed'],
      ['2026-04-30T10:00', 'missed'],
      ['2026-05-31T10:00', 'open'],
      ['2026-06-30T10:00', 'scheduled'],
    ]);
  });

  it('collapses what a period missed into one ring', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z', every: 'P1D' });
    expect(await ringAt('2026-03-13T09:00:00Z')).toBe(1);
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: id } }, sort: 'dueAt' });
    expect(rows).toMatchObject([
      { state: 'open', late: true, missedCount: 9 },
      { state: 'scheduled', dueAt: '2026-03-13T10:00:00.000Z' },
    ]);
  });

  it('rings with the priority that its reminder has by then', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z', priority: 'low' });
    await face.update('Reminder', id, { priority: 'high' });
    await ringAt('2026-03-03T10:00:00Z');
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: id } } });
    expect(rows).toMatchObject([{ state: 'open', priority: 'high' }]);
    const told = await program.pool.query(
      `select data ->> 'priority' as priority from events where type = 'reminder.due'
      and data ->> 'reminderId' = $1`,
      [id],
    );
    expect(told.rows).toEqual([{ priority: 'high' }]);
  });

  it('counts from the answer: until then it does not ring again', async () => {
    const id = await remind({ dueAt: '2026-03-03T09:00:00Z', every: 'P2W', anchor: 'completion' });
    await ringAt('2026-03-03T09:00:00Z');
    expect(await ringAt('2026-03-30T09:00:00Z')).toBe(0);
    program.clock.set('2026-03-30T15:00:00.000Z');
    const done = await answer(id, 'completion', 'completeReminder');
    expect(done.data).toMatchObject({ state: 'active', dueAt: '2026-04-13T09:00:00.000Z' });
    expect(await rings(id)).toEqual([
      ['2026-03-03T09:00', 'done'],
      ['2026-04-13T09:00', 'scheduled'],
    ]);
  });

  it('counts a rule from the answer, on the wall clock of its zone', async () => {
    const rule = {
      dueOn: '2026-03-02',
      rrule: 'FREQ=WEEKLY;BYDAY=MO',
      anchor: 'completion',
      timeZone: 'Europe/Berlin',
    };
    const id = await remind(rule);
    await ringAt('2026-03-02T10:00:00Z');
    program.clock.set('2026-03-25T22:00:00.000Z');
    const done = await answer(id, 'completion', 'completeReminder');
    expect(done.data).toMatchObject({ dueAt: '2026-03-30T07:00:00.000Z' });
  });

  it('is told ahead by its leads, each once, and those that passed together as one', async () => {
    const id = await remind({ dueAt: '2026-03-12T10:00:00Z', leads: ['P1D', 'P1W', 'PT1H', 'P1M'] });
    expect(await ringAt('2026-03-05T09:59:59Z')).toBe(0);
    expect(await ringAt('2026-03-05T10:00:00Z')).toBe(1);
    expect(await ringAt('2026-03-05T10:00:00Z')).toBe(0);
    expect(await program.events()).toEqual(['reminder.created', 'reminder.upcoming']);
    expect(await ringAt('2026-03-12T09:30:00Z')).toBe(1);
    expect(await ringAt('2026-03-12T09:30:00Z')).toBe(0);
    expect(await program.events()).toEqual(['reminder.upcoming']);
    expect(await ringAt('2026-03-12T10:00:00Z')).toBe(1);
    expect(await program.events()).toEqual(['reminder.due']);
    expect(await rings(id)).toEqual([['2026-03-12T10:00', 'open']]);
  });

  it('takes new leads for the ring that is ahead', async () => {
    const id = await remind({ dueAt: '2026-03-12T10:00:00Z' });
    expect((await face.update('Reminder', id, { leads: ['P1W'] })).data).toMatchObject({ leads: ['P1W'] });
    expect(await ringAt('2026-03-05T10:00:00Z')).toBe(1);
    expect((await face.update('Reminder', id, { leads: [] })).data).toMatchObject({ leads: [] });
    expect(await ringAt('2026-03-12T10:00:00Z')).toBe(1);
    expect(await program.events()).toEqual([
      'reminder.created',
      'reminder.updated',
      'reminder.upcoming',
      'reminder.updated',
      'reminder.due',
    ]);
  });

  it('is told once more when nobody answers, and never after an answer', async () => {
    const left = await remind({ dueAt: '2026-03-03T10:00:00Z', overdueAfter: 'P3D' });
    const answered = await remind({ dueAt: '2026-03-03T10:00:00Z', overdueAfter: 'P3D' });
    await ringAt('2026-03-03T10:00:00Z');
    await answer(answered, 'dismissal', 'dismissReminder');
    await program.events();
    expect(await ringAt('2026-03-06T09:59:59Z')).toBe(0);
    expect(await ringAt('2026-03-06T10:00:00Z')).toBe(1);
    expect(await ringAt('2026-03-26T10:00:00Z')).toBe(0);
    expect(await program.events()).toEqual(['reminder.overdue']);
    expect(await rings(left)).toEqual([['2026-03-03T10:00', 'open']]);
  });

  it('waits for the end of quiet hours, over midnight and on the clock of the account', async () => {
    await program.ask('patch', '/v1/account', {
      body: { timeZone: 'Europe/Berlin', quietFrom: '22:00', quietUntil: '07:30' },
    });
    const id = await remind({ dueAt: '2026-03-28T22:30:00Z', every: 'P1D' });
    expect(await ringAt('2026-03-28T23:00:00Z')).toBe(0);
    // The clock goes forward in this night: 07:30 is 05:30 in UTC.
    expect(await ringAt('2026-03-29T05:29:59Z')).toBe(0);
    expect(await ringAt('2026-03-29T05:30:00Z')).toBe(1);
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: id } }, sort: 'dueAt' });
    expect(rows).toMatchObject([
      { dueAt: '2026-03-28T22:30:00.000Z', ringsAt: '2026-03-29T05:30:00.000Z', late: false, missedCount: 0 },
      { dueAt: '2026-03-29T21:30:00.000Z', ringsAt: '2026-03-30T05:30:00.000Z' },
    ]);
    await program.ask('patch', '/v1/account', { body: { timeZone: 'UTC' } });
  });

  it('sleeps while it is paused; what repeats goes on with its next time', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z', every: 'P1D', leads: ['PT1H'] });
    expect((await answer(id, 'pause', 'pauseReminder')).data).toMatchObject({ state: 'paused' });
    expect(await ringAt('2026-03-06T12:00:00Z')).toBe(0);
    expect((await face.update('Reminder', id, { leads: ['PT2H'] })).data).toMatchObject({ state: 'paused' });
    expect(await ringAt('2026-03-07T12:00:00Z')).toBe(0);
    const resumed = await answer(id, 'resumption', 'resumeReminder');
    expect(resumed.data).toMatchObject({ state: 'active', dueAt: '2026-03-08T10:00:00.000Z' });
    expect(await ringAt('2026-03-08T08:00:00Z')).toBe(1);
    expect(await ringAt('2026-03-08T10:00:00Z')).toBe(1);
    expect((await program.events()).slice(-2)).toEqual(['reminder.upcoming', 'reminder.due']);
  });

  it('rings late when it was due once, in a pause', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z' });
    await answer(id, 'pause', 'pauseReminder');
    program.clock.set('2026-03-06T12:00:00.000Z');
    expect((await answer(id, 'resumption', 'resumeReminder')).data).toMatchObject({ state: 'active' });
    expect((await answer(id, 'resumption', 'resumeReminder')).code).toBe('conflict');
    expect(await ringAt('2026-03-06T12:00:00Z')).toBe(1);
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: id } } });
    expect(rows).toMatchObject([{ state: 'open', late: true }]);
    await answer(id, 'completion', 'completeReminder');
    expect((await answer(id, 'pause', 'pauseReminder')).code).toBe('conflict');
  });

  it('skips the ring that is ahead, however far ahead it is', async () => {
    const { id } = (await face.create('Reminder', { title: 'Call', dueAt: '2026-03-20T10:00:00Z', every: 'P1W' })).data;
    expect((await answer(String(id), 'skip', 'skipReminder')).data).toMatchObject({
      dueAt: '2026-03-27T10:00:00.000Z',
    });
    expect((await answer(String(id), 'skip', 'skipReminder')).data).toMatchObject({
      dueAt: '2026-04-03T10:00:00.000Z',
    });
  });

  it('skips the next ring, and refuses where none would follow', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z', rrule: 'FREQ=DAILY;COUNT=2' });
    expect((await answer(id, 'skip', 'skipReminder')).data).toMatchObject({ dueAt: '2026-03-04T10:00:00.000Z' });
    expect(await ringAt('2026-03-03T10:00:00Z')).toBe(0);
    expect(await ringAt('2026-03-04T10:00:00Z')).toBe(1);
    const once = await remind({ dueAt: '2026-03-10T10:00:00Z' });
    expect((await answer(once, 'skip', 'skipReminder')).code).toBe('conflict');
  });

  it('goes on from now when only its rule changes', async () => {
    const id = await remind({ dueAt: '2026-03-03T10:00:00Z', rrule: 'FREQ=DAILY' });
    await ringAt('2026-03-10T11:00:00Z');
    const changed = await face.update('Reminder', id, { rrule: null, every: 'P1W' });
    expect(changed.data).toMatchObject({ every: 'P1W', rrule: null, dueAt: '2026-03-17T10:00:00.000Z' });
    expect((await rings(id)).at(-1)).toEqual(['2026-03-17T10:00', 'scheduled']);
  });

  it.each([
    [{ rrule: 'FREQ=DAILY', every: 'P1D' }, '/every'],
    [{ anchor: 'completion' }, '/anchor'],
    [{ anchor: 'completion', rrule: 'FREQ=DAILY;COUNT=3' }, '/rrule'],
    [{ leads: ['soon'] }, '/leads'],
    [{ leads: ['P1D', 'P2D', 'P3D', 'P4D', 'P5D', 'P6D'] }, '/leads'],
    [{ overdueAfter: '3 days' }, '/overdueAfter'],
    [{ every: 'PT1H' }, '/every'],
  ])('refuses %j', async (input, pointer) => {
    const refused = await face.create('Reminder', { title: 'x', dueAt: '2026-03-04T10:00:00Z', ...input });
    expect(refused.code).toBe('invalid_input');
    expect(refused.errors.map((error) => error.pointer.replace(/\/\d+$/, ''))).toEqual([pointer]);
    expect(await program.events()).toEqual([]);
  });
});

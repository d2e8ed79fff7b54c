import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** 2 March 2026 is a Monday; nothing rings on the weekend of the 7th. */
describe.each(faces)('quiet days of the week, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(async () => {
    await on.clear();
    await on.settings({ quietWeekdays: [6, 7] });
    await on.events();
  });

  const foretold = async (to: string): Promise<string[]> => {
    const { body } = await on.program.ask('get', `/v1/reminders/preview?to=${to}`);
    return (body as { events: { at: string; eventType: string }[] }).events.map(
      ({ at, eventType }) => `${at.slice(0, 16)} ${eventType}`,
    );
  };

  it('hold back a ring, its lead and what is overdue, as the preview says', async () => {
    await on.remind({ dueAt: '2026-03-07T12:00:00Z', leads: ['P2D'], overdueAfter: 'P5D' });
    await on.remind({ dueAt: '2026-03-09T12:00:00Z', leads: ['P1D'] });
    await on.events();
    expect(await foretold('2026-03-17T00:00:00Z')).toEqual([
      '2026-03-05T12:00 reminder.upcoming',
      '2026-03-09T09:00 reminder.due',
      '2026-03-09T09:00 reminder.upcoming',
      '2026-03-09T12:00 reminder.due',
      '2026-03-16T09:00 reminder.overdue',
    ]);
    expect(await on.at('2026-03-05T12:00:00.000Z')).toEqual(['reminder.upcoming']);
    expect(await on.at('2026-03-08T23:59:00.000Z')).toEqual([]);
    expect((await on.at('2026-03-09T09:00:00.000Z')).sort()).toEqual(['reminder.due', 'reminder.upcoming']);
    expect(await on.at('2026-03-09T12:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-15T12:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-16T09:00:00.000Z')).toEqual(['reminder.overdue']);
  });

  it('hold back what was put off and what is late, and it rings once', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.remind({ title: 'Late', dueAt: '2026-03-06T12:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { until: '2026-03-07T12:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-07T13:00:00.000Z')).toEqual([]);
    const { rows } = await on.program.pool.query<{ wakes: Date }>('select min(wakes_at) as wakes from occurrences');
    expect(rows[0]?.wakes.toISOString()).toBe('2026-03-09T09:00:00.000Z');
    expect(await on.at('2026-03-08T13:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-09T09:00:00.000Z')).toEqual(['reminder.due', 'reminder.due']);
  });

  it('collect the repeats that fall on them', async () => {
    await on.remind({ dueAt: '2026-03-06T12:00:00Z', every: 'P1D' });
    await on.events();
    expect(await foretold('2026-03-11T00:00:00Z')).toEqual([
      '2026-03-06T12:00 reminder.due',
      '2026-03-09T09:00 reminder.due',
      '2026-03-09T12:00 reminder.due',
      '2026-03-10T12:00 reminder.due',
    ]);
    expect(await on.at('2026-03-06T12:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-07T12:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-09T09:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-09T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('move what is scheduled when they change, and back', async () => {
    const id = await on.remind({ dueAt: '2026-03-07T12:00:00Z' });
    const ringsAt = async (): Promise<unknown> => (await on.occurrences(id))[0]?.ringsAt;
    expect(await ringsAt()).toBe('2026-03-09T09:00:00.000Z');
    await on.settings({ dayStartsAt: '08:15' });
    expect(await ringsAt()).toBe('2026-03-09T08:15:00.000Z');
    await on.settings({ quietWeekdays: [7] });
    expect(await ringsAt()).toBe('2026-03-07T12:00:00.000Z');
    expect(await on.at('2026-03-07T12:00:00.000Z')).toContain('reminder.due');
  });

  it('cannot be all', async () => {
    const { status, body } = await on.program.ask('patch', '/v1/account', {
      body: { quietWeekdays: [1, 2, 3, 4, 5, 6, 7] },
    });
    expect([status, (body as { errors: { pointer: string }[] }).errors[0]?.pointer]).toEqual([422, '/quietWeekdays']);
  });
});

describe.each(faces)('a snooze until a day, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(async () => {
    await on.clear();
    await on.settings({ timeZone: 'America/New_York', dayStartsAt: '08:30' });
  });

  /** It is Tuesday the 3rd in UTC, and still Monday in New York. */
  it.each([
    ['tomorrow', '2026-03-03T02:00:00.000Z', '2026-03-03T13:30:00.000Z'],
    ['nextWeek', '2026-03-03T02:00:00.000Z', '2026-03-09T12:30:00.000Z'],
    ['nextWeek', '2026-03-08T23:00:00.000Z', '2026-03-09T12:30:00.000Z'],
  ])('%s is when that day starts for the account', async (day, now, rings) => {
    const id = await on.remind({ dueAt: now });
    await on.at(now);
    expect(await on.snooze(id, { day })).toMatchObject({ dueAt: rings, state: 'active' });
    expect(await on.events()).toEqual(['reminder.snoozed']);
    expect(await on.at(rings)).toEqual(['reminder.due']);
  });

  it('is one way to say it, besides a duration and an instant', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    for (const input of [{}, { day: 'tomorrow', for: 'P1D' }, { day: 'tomorrow', until: '2026-04-01T00:00:00Z' }]) {
      const { errors } = await on.face.act({ type: 'Reminder', id, noun: 'snooze', verb: 'snoozeReminder', input });
      expect(errors).toMatchObject([{ pointer: '/until', code: 'oneOf' }]);
    }
  });
});

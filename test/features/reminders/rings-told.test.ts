import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Quiet hours hold for every telling, and `overdueAfter` is read when it matters (the bell never goes missing, 7). */
describe.each(faces)('when a ring is told of, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const open = async (overdueAfter: string): Promise<string> => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', overdueAfter });
    await on.at('2026-03-02T10:00:00.000Z');
    return id;
  };

  it('is not told as overdue when that is no longer asked for', async () => {
    const id = await open('P1D');
    await on.change('Reminder', id, { overdueAfter: null });
    expect(await on.at('2026-03-09T10:00:00.000Z')).toEqual(['reminder.updated']);
  });

  it('is told as overdue later, or sooner, when that is asked for, and once', async () => {
    const id = await open('P1D');
    await on.change('Reminder', id, { overdueAfter: 'P3D' });
    expect(await on.at('2026-03-05T09:59:00.000Z')).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-05T10:00:00.000Z')).toEqual(['reminder.overdue']);
    await on.change('Reminder', id, { overdueAfter: 'P5D' });
    expect(await on.at('2026-03-20T10:00:00.000Z')).toEqual(['reminder.updated']);
  });

  it('is told as overdue when its time comes after a pause', async () => {
    const id = await open('P3D');
    await on.pause(id);
    await on.resume(id);
    expect(await on.at('2026-03-05T09:59:00.000Z')).toEqual(['reminder.updated', 'reminder.updated']);
    expect(await on.at('2026-03-05T10:00:00.000Z')).toEqual(['reminder.overdue']);
    await on.pause(id);
    await on.resume(id);
    expect(await on.at('2026-03-25T10:00:00.000Z')).toEqual(['reminder.updated', 'reminder.updated']);
  });

  it('is told as overdue out of quiet hours', async () => {
    await on.settings({ quietFrom: '22:00', quietUntil: '07:30' });
    await on.remind({ dueAt: '2026-03-02T20:00:00Z', overdueAfter: 'PT8H' });
    await on.at('2026-03-02T20:00:00.000Z');
    expect(await on.at('2026-03-03T04:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T07:29:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T07:30:00.000Z')).toEqual(['reminder.overdue']);
  });

  it('rings late at the end of quiet hours when the program was down until within them', async () => {
    await on.settings({ quietFrom: '22:00', quietUntil: '07:30' });
    const id = await on.remind({ dueAt: '2026-03-02T20:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-03T01:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T07:29:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T07:30:00.000Z')).toEqual(['reminder.due']);
    expect(await on.occurrences(id)).toMatchObject([{ state: 'open', dueAt: '2026-03-02T20:00:00.000Z', late: true }]);
  });

  it('is foretold once each, with a ring that was put off, exactly as it then rings', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { until: '2026-03-04T15:00:00Z' });
    const { body } = await on.program.ask('get', '/v1/reminders/preview?to=2026-03-06T00:00:00Z');
    const foreseen = (body.events as { at: string }[]).map(({ at }) => at);
    expect(foreseen).toEqual([
      '2026-03-03T10:00:00.000Z',
      '2026-03-04T10:00:00.000Z',
      '2026-03-04T15:00:00.000Z',
      '2026-03-05T10:00:00.000Z',
    ]);
    await on.events();
    for (const at of foreseen) expect(await on.at(at)).toEqual(['reminder.due']);
  });

  it.each([{ every: 'P1D' }, { rrule: 'FREQ=DAILY' }])(
    'moves only the day that lacks its time, of a series %j that begins in the gap of daylight saving',
    async (rule) => {
      await on.settings({ timeZone: 'America/Santiago', dayStartsAt: '00:00' });
      const id = await on.remind({ dueOn: '2027-09-05', ...rule });
      await on.events();
      expect(await on.at('2027-09-05T03:59:00.000Z')).toEqual([]);
      for (const at of ['2027-09-05T04:00:00.000Z', '2027-09-06T03:00:00.000Z', '2027-09-07T03:00:00.000Z'])
        expect(await on.at(at)).toEqual(['reminder.due']);
      expect((await on.rings(id)).at(-1)).toBe('2027-09-08T03:00 scheduled');
    },
  );
});

import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** A reminder that people move, by time or by rule, is never left without a ring (the bell never goes missing, 1). */
describe.each(faces)('a reminder that is moved, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  it.each([{ dueAt: '2026-03-04T10:00:00Z' }, { timeZone: 'Europe/Berlin' }])(
    'rings at its time when it was put off and then given %j',
    async (change) => {
      const id = await on.remind({ dueAt: '2026-03-04T10:00:00Z' });
      await on.snooze(id, { for: 'P1W' });
      expect(await on.change('Reminder', id, change)).toMatchObject({
        dueAt: '2026-03-04T10:00:00.000Z',
        state: 'active',
      });
      expect(await on.rings(id)).toEqual(['2026-03-04T10:00 superseded', '2026-03-04T10:00 scheduled']);
      expect(await on.events()).toEqual(['reminder.created', 'reminder.snoozed', 'reminder.updated']);
      expect(await on.at('2026-03-04T10:00:00.000Z')).toEqual(['reminder.due']);
      expect(await on.at('2026-03-12T10:00:00.000Z')).toEqual([]);
    },
  );

  it('rings at a time at which it was answered before', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.complete(id);
    await on.change('Reminder', id, { dueAt: '2026-03-05T10:00:00Z' });
    await on.change('Reminder', id, { dueAt: '2026-03-02T10:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 done', '2026-03-02T10:00 open']);
  });

  it.each([
    ['complete', { every: 'P1D' }, '2026-03-04T10:00'],
    ['skip', { every: 'P1D' }, '2026-03-04T10:00'],
    ['complete', { every: 'P2D' }, '2026-03-05T10:00'],
    ['skip', { every: null, rrule: 'FREQ=DAILY' }, '2026-03-04T10:00'],
    ['dismiss', { every: 'P1W' }, '2026-03-10T10:00'],
  ] as const)('goes on after a %s ahead of time and the rule %j', async (verb, rule, next) => {
    const id = await on.remind({ dueAt: '2026-03-03T10:00:00Z', every: 'P1D' });
    await on[verb](id);
    await on.events();
    expect((await on.change('Reminder', id, rule)).dueAt).toBe(`${next}:00.000Z`);
    expect(await on.at('2026-03-03T10:00:00.000Z')).not.toContain('reminder.due');
    expect((await on.rings(id)).at(-1)).toBe(`${next} scheduled`);
    expect(await on.at(`${next}:00.000Z`)).toEqual(['reminder.due']);
  });

  it('changes nothing for the rule that it has', async () => {
    const id = await on.remind({ dueAt: '2026-03-03T10:00:00Z', every: 'P1D' });
    const before = await on.occurrences(id);
    await on.events();
    expect(await on.change('Reminder', id, { every: 'P1D' })).toMatchObject({ version: 1 });
    expect(await on.occurrences(id)).toEqual(before);
    expect(await on.events()).toEqual([]);
  });

  it('rings once more when it repeats no more: the ring ahead is its last', async () => {
    const id = await on.remind({ dueAt: '2026-02-20T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.at('2026-03-03T10:00:00.000Z');
    const changed = await on.change('Reminder', id, { every: null });
    expect(changed).toMatchObject({ every: null, dueAt: '2026-03-04T10:00:00.000Z', state: 'active' });
    expect(await on.events()).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-04T10:00:00.000Z')).toEqual(['reminder.due']);
    expect((await on.rings(id)).slice(-2)).toEqual(['2026-03-03T10:00 open', '2026-03-04T10:00 open']);
    await on.complete(id);
    expect(await on.complete(id)).toMatchObject({ state: 'done' });
    expect(await on.at('2026-04-04T10:00:00.000Z')).toEqual(['reminder.completed', 'reminder.completed']);
  });

  it('leaves behind what rang at the time before: no longer open, never overdue, and completing means the new one', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', overdueAfter: 'P1D' });
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.created', 'reminder.due']);
    await on.change('Reminder', id, { dueAt: '2026-03-09T10:00:00Z' });
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 superseded', '2026-03-09T10:00 scheduled']);
    expect(await on.at('2026-03-05T10:00:00.000Z')).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-09T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.complete(id)).toMatchObject({ state: 'done' });
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 superseded', '2026-03-09T10:00 done']);
  });
});

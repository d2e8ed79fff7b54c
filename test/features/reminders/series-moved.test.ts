import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('a series that begins at another time, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  /** One ring is open, and the next one is ahead. */
  const running = async (): Promise<string> => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D', overdueAfter: 'PT2H' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.events();
    return id;
  };

  it('ends the open ring, which was of the time before, and rings from the new one on', async () => {
    const id = await running();
    await on.change('Reminder', id, { dueAt: '2026-03-05T08:00:00Z' });
    expect(await on.events()).toEqual(['reminder.updated']);
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 superseded', '2026-03-05T08:00 scheduled']);
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-05T08:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.rings(id)).toContain('2026-03-06T08:00 scheduled');
  });

  it('keeps the open ring when the time is that of the ring ahead', async () => {
    const id = await running();
    await on.change('Reminder', id, { dueAt: '2026-03-03T10:00:00Z' });
    expect(await on.events()).toEqual(['reminder.updated']);
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 open', '2026-03-03T10:00 scheduled']);
    expect(await on.at('2026-03-02T12:00:00.000Z')).toEqual(['reminder.overdue']);
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('does not ring again when it repeats no more and its last ring is open', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', rrule: 'FREQ=DAILY;COUNT=1' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.change('Reminder', id, { rrule: null });
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 open']);
    await on.events();
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual([]);
    expect(await on.complete(id)).toMatchObject({ state: 'done' });
  });

  it('does not ring a second time on the day on which the account moves west', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.settings({ timeZone: 'America/New_York' });
    await on.complete(id);
    expect(await on.rings(id)).toEqual(['2026-03-02T10:00 done', '2026-03-03T15:00 scheduled']);
  });

  /** Every third day, counted from completions, in Berlin; completed there on another day than in the zone to which the account moves. */
  const completed = async (at: string): Promise<string> => {
    await on.settings({ timeZone: 'Europe/Berlin' });
    const id = await on.remind({ dueOn: '2026-04-12', every: 'P3D', anchor: 'completion' });
    await on.at('2026-04-12T08:00:00.000Z');
    await on.at(at);
    await on.complete(id);
    return id;
  };

  it.each([
    ['west', 'America/New_York', '2026-04-13T01:00:00.000Z', ['2026-04-16T07:00', '2026-04-16T13:00']],
    ['east', 'Asia/Kolkata', '2026-04-12T20:00:00.000Z', ['2026-04-15T07:00', '2026-04-15T03:30']],
  ])('that is counted from completions keeps its day when the account moves %s', async (_where, timeZone, at, ring) => {
    const id = await completed(at);
    expect(await on.rings(id)).toEqual(['2026-04-12T07:00 done', `${ring[0]} scheduled`]);
    await on.settings({ timeZone });
    await on.change('Reminder', id, { title: 'Write to Eve' });
    expect(await on.rings(id)).toEqual(['2026-04-12T07:00 done', `${ring[1]} scheduled`]);
    await on.events();
    expect(await on.at(`${ring[1]}:00.000Z`)).toEqual(['reminder.due']);
  });

  it('that was completed early after the account moved is counted from that completion', async () => {
    const id = await completed('2026-04-13T01:00:00.000Z');
    await on.settings({ timeZone: 'America/New_York' });
    await on.at('2026-04-13T03:00:00.000Z');
    await on.complete(id);
    expect(await on.rings(id)).toContain('2026-04-15T13:00 scheduled');
  });

  it('whose rule changed after its time of that day does not ring for that day when the account moves west', async () => {
    await on.settings({ timeZone: 'Europe/Berlin' });
    const id = await on.remind({ dueOn: '2026-04-12', rrule: 'FREQ=MONTHLY;BYDAY=1MO' });
    on.program.clock.set('2026-07-02T08:12:00.000Z');
    await on.change('Reminder', id, { every: 'P3D', rrule: null, anchor: 'completion' });
    await on.settings({ timeZone: 'America/New_York' });
    await on.change('Reminder', id, { title: 'Write to Eve' });
    expect(await on.rings(id)).toEqual(['2026-07-05T13:00 scheduled']);
  });

  it('does not ring once more after its last time, although that is ahead in the zone to which the account moves', async () => {
    await on.settings({ timeZone: 'Europe/Berlin' });
    const id = await on.remind({ dueAt: '2026-03-02T20:00:00Z', rrule: 'FREQ=DAILY;COUNT=2' });
    await on.at('2026-03-02T20:00:00.000Z');
    await on.at('2026-03-03T20:00:00.000Z');
    await on.settings({ timeZone: 'America/New_York' });
    await on.events();
    expect(await on.rings(id)).toEqual(['2026-03-02T20:00 missed', '2026-03-03T20:00 open']);
    await on.change('Reminder', id, { title: 'Renamed' });
    expect(await on.rings(id)).toEqual(['2026-03-02T20:00 missed', '2026-03-03T20:00 open']);
    expect(await on.at('2026-03-04T04:00:00.000Z')).toEqual(['reminder.updated']);
    expect(await on.complete(id)).toMatchObject({ state: 'done' });
  });

  it('stays snoozed until the same moment when the account moves', async () => {
    const id = await on.remind({ dueOn: '2026-03-02' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { until: '2026-03-05T09:00:00Z' });
    await on.settings({ timeZone: 'America/New_York' });
    expect((await on.face.one('Reminder', id)).data).toMatchObject({ dueAt: '2026-03-05T09:00:00.000Z' });
    expect(await on.rings(id)).toContain('2026-03-05T09:00 scheduled');
  });

  it('counts another rule from the completion, if that is its anchor', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1W', anchor: 'completion' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.at('2026-03-05T12:00:00.000Z');
    await on.complete(id);
    await on.at('2026-03-06T12:00:00.000Z');
    await on.change('Reminder', id, { every: 'P1M' });
    expect((await on.rings(id)).at(-1)).toBe('2026-04-05T10:00 scheduled');
  });
});

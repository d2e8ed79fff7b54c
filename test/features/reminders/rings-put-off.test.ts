import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Own rings and rings that were put off do not disturb each other (the bell never goes missing, 2). */
describe.each(faces)('a ring that is put off, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  it('loses none of the days until it comes back', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P1W' });
    await on.events();
    for (const day of ['03', '04', '05', '06', '07', '08'])
      expect(await on.at(`2026-03-${day}T10:00:00.000Z`)).toEqual(['reminder.due']);
    expect(await on.at('2026-03-09T10:00:00.000Z')).toEqual(['reminder.due', 'reminder.due']);
    expect(await on.at('2026-03-10T10:00:00.000Z')).toEqual(['reminder.due']);
    expect((await on.rings(id)).slice(-4)).toEqual([
      expect.stringMatching(/^2026-03-09T10:00 (missed|open)$/),
      expect.stringMatching(/^2026-03-09T10:00 (missed|open)$/),
      '2026-03-10T10:00 open',
      '2026-03-11T10:00 scheduled',
    ]);
  });

  it('goes on when both come at the end of quiet hours, one at a time or together', async () => {
    await on.settings({ quietFrom: '22:00', quietUntil: '07:30' });
    const id = await on.remind({ dueAt: '2026-03-02T06:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { until: '2026-03-03T05:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-03T07:29:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T07:30:00.000Z')).toEqual(['reminder.due', 'reminder.due']);
    expect(await on.at('2026-03-04T07:30:00.000Z')).toEqual(['reminder.due']);
    expect(await on.rings(id)).toEqual([
      '2026-03-02T06:00 snoozed',
      '2026-03-03T05:00 open',
      '2026-03-03T06:00 missed',
      '2026-03-04T06:00 open',
      '2026-03-05T06:00 scheduled',
    ]);
  });

  it('comes back with the series after a pause that both outlasted', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P2D' });
    await on.pause(id);
    expect(await on.at('2026-03-06T12:00:00.000Z')).not.toContain('reminder.overdue');
    expect(await on.resume(id)).toMatchObject({ state: 'active', dueAt: '2026-03-07T10:00:00.000Z' });
    expect(await on.events()).toEqual(['reminder.updated']);
    expect(await on.at('2026-03-06T12:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-07T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-08T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('comes back with the series after a pause that neither saw the end of', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P2D' });
    await on.pause(id);
    await on.resume(id);
    await on.events();
    expect(await on.at('2026-03-03T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-04T10:00:00.000Z')).toEqual(['reminder.due', 'reminder.due']);
  });

  it('moves out of quiet hours with the account, like its series', async () => {
    await on.settings({ quietFrom: '22:00', quietUntil: '07:30' });
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { until: '2026-03-04T12:00:00Z' });
    await on.settings({ timeZone: 'America/Los_Angeles' });
    await on.events();
    const ahead = (await on.occurrences(id)).filter(({ state }) => state === 'scheduled');
    expect(ahead).toMatchObject([
      { dueAt: '2026-03-03T18:00:00.000Z', ringsAt: '2026-03-03T18:00:00.000Z' },
      { dueAt: '2026-03-04T12:00:00.000Z', ringsAt: '2026-03-04T15:30:00.000Z' },
    ]);
    expect(await on.at('2026-03-03T18:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-04T12:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-04T15:30:00.000Z')).toEqual(['reminder.due']);
  });

  it('survives the edits of what it is about', async () => {
    const contact = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-01-02' });
    const interviewId = await on.make('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
    const round = await on.make('Round', { interviewId, kind: 'coding', startsAt: '2026-03-03T09:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    const [touch, bell] = [await on.keptFor(contact), await on.keptFor(round)];
    for (const id of [touch, bell]) await on.snooze(id, { until: '2026-03-02T15:00:00Z' });
    await on.events();
    await on.change('Contact', contact, { company: 'Analytical Engines' });
    await on.change('Round', round, { place: 'Room 4' });
    expect(await on.events()).toEqual(['contact.updated', 'round.updated']);
    expect(await on.at('2026-03-02T15:00:00.000Z')).toEqual(['reminder.due', 'reminder.due']);
  });
});

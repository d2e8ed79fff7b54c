import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** What people reported of other programs that remind; each is what they expected instead. */
describe.each(faces)('as people expect, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  it('rings at a time that was set to before the end of a snooze, and not again when the snooze ends (tasks/tasks#2914)', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T17:00:00Z' });
    await on.at('2026-03-02T17:00:00.000Z');
    await on.snooze(id, { for: 'PT1H' });
    await on.change('Reminder', id, { dueAt: '2026-03-02T17:02:00Z' });
    await on.events();
    expect(await on.at('2026-03-02T17:02:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-02T18:30:00.000Z')).toEqual([]);
  });

  it('drops a snooze when the time is set to another day (orgzly/orgzly-android#247)', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T17:00:00Z' });
    await on.at('2026-03-02T17:00:00.000Z');
    await on.snooze(id, { for: 'PT30M' });
    await on.change('Reminder', id, { dueAt: '2026-03-03T17:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-02T18:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-03T17:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('forgets a snooze of long ago (tasks/tasks#237)', async () => {
    const id = await on.remind({ dueAt: '2026-03-06T17:00:00Z', rrule: 'FREQ=WEEKLY;BYDAY=FR', anchor: 'completion' });
    await on.at('2026-03-06T17:00:00.000Z');
    await on.snooze(id, { for: 'PT2H' });
    await on.at('2026-03-06T19:00:00.000Z');
    await on.complete(id);
    await on.events();
    expect(await on.at('2026-03-12T23:00:00.000Z')).toEqual([]);
    expect(await on.at('2026-03-13T17:00:00.000Z')).toEqual(['reminder.due']);
    await on.complete(id);
    await on.events();
    expect(await on.at('2026-03-19T23:00:00.000Z')).toEqual([]);
  });

  it('brings back a snoozed ring of what repeats, and snoozes it again (scottleedavis/mattermost-plugin-remind#174)', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T17:00:00Z', every: 'P1D' });
    await on.at('2026-03-02T17:00:00.000Z');
    await on.snooze(id, { for: 'PT1H' });
    await on.events();
    expect(await on.at('2026-03-02T18:00:00.000Z')).toEqual(['reminder.due']);
    await on.snooze(id, { for: 'PT1H' });
    await on.events();
    expect(await on.at('2026-03-02T19:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-03T17:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('shortens and lengthens a snooze before it ends (SimpleMobileTools/Simple-Calendar#1627)', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T17:00:00Z' });
    await on.at('2026-03-02T17:00:00.000Z');
    await on.snooze(id, { for: 'P1W' });
    const { rows } = await on.face.page('Occurrence', { filter: { state: { eq: 'snoozed' } } });
    expect(rows).toMatchObject([{ reminderId: id, snoozedUntil: '2026-03-09T17:00:00.000Z' }]);
    await on.snooze(id, { for: 'PT10M' });
    await on.events();
    expect(await on.at('2026-03-02T17:10:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2026-03-09T17:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['Australia/Sydney', '2026-10-03', '2026-10-04'],
    ['Pacific/Auckland', '2026-09-26', '2026-09-27'],
    ['Pacific/Auckland', '2026-04-04', '2026-04-05'],
    ['America/Santiago', '2026-09-05', '2026-09-06'],
    ['America/Santiago', '2026-04-04', '2026-04-05'],
  ])(
    'completed in %s on %s, a daily one is due on %s (obsidian-tasks#2309, tasks/tasks#1634, tasks/tasks#2239)',
    async (timeZone, day, next) => {
      await on.settings({ timeZone });
      on.program.clock.set(`${day}T00:30:00.000Z`);
      const id = await on.remind({ dueOn: day, every: 'P1D' });
      await on.at(`${day}T04:00:00.000Z`);
      await on.complete(id);
      const local = new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
      expect(local.format(new Date(String((await on.reminder(id)).dueAt)))).toBe(`${next} 09:00`);
    },
  );

  it('keeps the time of day when daylight saving begins and ends (taskwarrior#75, donetick#595)', async () => {
    await on.settings({ timeZone: 'Europe/Berlin' });
    const id = await on.remind({ dueAt: '2026-03-22T22:59:00Z', every: 'P1W' });
    await on.at('2026-03-22T22:59:00.000Z');
    expect((await on.reminder(id)).dueAt).toBe('2026-03-29T21:59:00.000Z');
    await on.at('2026-10-20T00:00:00.000Z');
    await on.complete(id);
    expect((await on.reminder(id)).dueAt).toBe('2026-10-25T22:59:00.000Z');
  });

  it('counts keeping in touch from the last touch, not from the last reminder (monicahq/monica#6571)', async () => {
    const contactId = await on.make('Contact', { name: 'Ada', keepInTouchEvery: 'P14D' });
    const [kept] = await on.about(contactId);
    expect(kept?.dueAt).toBe('2026-03-16T09:00:00.000Z');
    on.program.clock.set('2026-03-14T12:00:00.000Z');
    await on.make('Interaction', { contactIds: [contactId], channel: 'call', occurredAt: '2026-03-14T12:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-16T12:00:00.000Z')).toEqual([]);
    expect((await on.about(contactId)).find(({ state }) => state === 'active')?.dueAt).toBe('2026-03-28T09:00:00.000Z');
  });

  it('rings on the last day of every month (RFC 5545, BYMONTHDAY=-1)', async () => {
    const id = await on.remind({ dueAt: '2026-03-31T10:00:00Z', rrule: 'FREQ=MONTHLY;BYMONTHDAY=-1' });
    await on.events();
    const days: string[] = [];
    for (const at of ['2026-03-31', '2026-04-30', '2026-05-31', '2026-06-30']) {
      expect(await on.at(`${at}T10:00:00.000Z`)).toEqual(['reminder.due']);
      days.push(String((await on.reminder(id)).dueAt).slice(0, 10));
    }
    expect(days).toEqual(['2026-04-30', '2026-05-31', '2026-06-30', '2026-07-31']);
  });

  it('comes back to the 31st after shorter months', async () => {
    const id = await on.remind({ dueAt: '2026-03-31T10:00:00Z', every: 'P1M' });
    await on.events();
    const days: string[] = [];
    for (const at of ['2026-03-31', '2026-04-30', '2026-05-31']) {
      expect(await on.at(`${at}T10:00:00.000Z`)).toEqual(['reminder.due']);
      days.push(String((await on.reminder(id)).dueAt).slice(0, 10));
    }
    expect(days).toEqual(['2026-04-30', '2026-05-31', '2026-06-30']);
  });
});

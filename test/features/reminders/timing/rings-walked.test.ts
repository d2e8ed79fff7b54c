import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { eventsIn, fetchFeed, makeFeed } from '../calendar/feeds.js';
import { Ringing } from '../ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** What walks through the faces found: shrunk, and with its exact events. */
describe.each(faces)('a ring that is answered, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  it.each(['complete', 'dismiss'] as const)(
    'twice at one instant still has a next one: complete, then %s',
    async (verb) => {
      const contact = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-02-20' });
      const id = await on.keptFor(contact);
      await on.complete(id);
      expect(await on[verb](id)).toMatchObject({ state: 'active', dueAt: '2026-04-02T09:00:00.000Z' });
      await on.events();
      expect(await on.at('2026-04-02T09:00:00.000Z')).toEqual(['reminder.due']);
    },
  );

  it('by a touch near midnight moves to the day that this is in another zone', async () => {
    await on.settings({ timeZone: 'Europe/Berlin' });
    on.program.clock.set('2026-06-30T22:28:00.000Z');
    const contact = await on.make('Contact', { name: 'Ada', tier: 'close', metOn: '2026-06-06' });
    const id = await on.keptFor(contact);
    expect(await on.complete(id)).toMatchObject({ dueAt: '2026-10-01T07:00:00.000Z' });
    await on.settings({ timeZone: 'America/Santiago' });
    expect((await on.face.one('Contact', contact)).data).toMatchObject({ nextTouchAt: '2026-09-30T12:00:00.000Z' });
    expect(await on.reminder(id)).toMatchObject({ dueAt: '2026-09-30T12:00:00.000Z', dueOn: '2026-09-30' });
    await on.events();
    expect(await on.at('2026-09-30T12:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('last of its series, while another is put off, is due when that one comes back', async () => {
    const id = await on.remind({ dueAt: '2026-03-02T10:00:00Z', rrule: 'FREQ=DAILY;COUNT=2' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.snooze(id, { for: 'P1W' });
    await on.at('2026-03-03T10:00:00.000Z');
    expect(await on.reminder(id)).toMatchObject({ state: 'active', dueAt: '2026-03-09T10:00:00.000Z' });
  });

  it('early, the last of a rule, is in no calendar again while it is put off', async () => {
    const id = await on.remind({ dueAt: '2026-03-03T10:00:00Z', rrule: 'FREQ=DAILY;COUNT=2' });
    await on.skip(id);
    await on.snooze(id, { until: '2026-03-03T12:00:00Z' });
    expect(await on.rings(id)).toEqual([
      '2026-03-03T10:00 dismissed',
      '2026-03-03T12:00 scheduled',
      '2026-03-04T10:00 snoozed',
    ]);
    const { path } = await makeFeed(on.program, { name: 'All' }, on.program.key);
    const shown = eventsIn((await fetchFeed(on.program, path)).text).map(({ DTSTART }) => DTSTART);
    expect(shown).toEqual(['20260303T120000Z']);
  });
});

import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Examining } from '../../reminders/examining.js';
import { Ringing } from '../../reminders/ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('how urgent a contact is, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const shown = async (id: string, at: string): Promise<unknown[]> => {
    on.program.clock.set(at);
    const { level, urgency } = (await on.face.one('Contact', id)).data;
    return [level, urgency];
  };
  const listed = async (filter: Record<string, unknown>, sort = 'name'): Promise<unknown[]> => {
    const { rows, code, message } = await on.face.page('Contact', { filter, sort });
    expect([code, message]).toEqual([null, '']);
    return rows.map((row) => row.name);
  };

  /** A month is 30 days here: due on 1 April, overdue on the 16th, fading on 1 May. */
  it.each([
    ['2026-04-01T08:59:59.999Z', 'ok', -0.033],
    ['2026-04-01T09:00:00.000Z', 'due', 0],
    ['2026-04-16T08:59:59.999Z', 'due', 0.467],
    ['2026-04-16T09:00:00.000Z', 'overdue', 0.5],
    ['2026-05-01T08:59:59.999Z', 'overdue', 0.967],
    ['2026-05-01T09:00:00.000Z', 'fading', 1],
    ['2026-05-31T09:00:00.000Z', 'fading', 2],
  ])('at %s is %s, with the urgency %d', async (at, level, urgency) => {
    const id = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-03-01' });
    expect(await shown(id, at)).toEqual([level, urgency]);
  });

  it('is overdue when reminder.overdue is sent, and not before', async () => {
    const id = await on.make('Contact', { name: 'Ada', tier: 'close', metOn: '2026-03-01' });
    await on.at('2026-06-01T09:00:00.000Z');
    expect(await on.at('2026-07-16T09:00:00.000Z')).toEqual([]);
    expect((await shown(id, '2026-07-16T09:00:00.000Z'))[0]).toBe('due');
    expect(await on.at('2026-07-17T09:00:00.000Z')).toEqual(['reminder.overdue']);
    expect((await shown(id, '2026-07-17T09:00:00.000Z'))[0]).toBe('overdue');
  });

  it('is null without a cadence, and for whoever is archived or does not want to be contacted', async () => {
    const dormant = await on.make('Contact', { name: 'Ada', tier: 'dormant' });
    const none = await on.make('Contact', { name: 'Bea' });
    const archived = await on.make('Contact', { name: 'Cleo', tier: 'inner', archived: true });
    const unwelcome = await on.make('Contact', { name: 'Dora', tier: 'inner', doNotContact: true });
    for (const day of ['2025-01-01', '2025-02-01', '2025-03-01'])
      await on.make('Interaction', { contactIds: [none], channel: 'call', occurredAt: `${day}T12:00:00Z` });
    for (const id of [dormant, none, archived, unwelcome])
      expect(await shown(id, '2027-06-01T09:00:00.000Z')).toEqual([null, null]);
  });

  it('filters by level and by urgency, and sorts by urgency', async () => {
    for (const [called, metOn] of [
      ['Ada', '2026-03-01'],
      ['Bea', '2026-01-25'],
      ['Cleo', '2026-01-10'],
      ['Dora', '2025-12-01'],
    ])
      await on.make('Contact', { name: called, tier: 'inner', metOn });
    await on.make('Contact', { name: 'Eve' });
    expect(await listed({ level: { eq: 'ok' } })).toEqual(['Ada']);
    expect(await listed({ level: { eq: 'due' } })).toEqual(['Bea']);
    expect(await listed({ level: { in: ['overdue', 'fading'] } })).toEqual(['Cleo', 'Dora']);
    expect(await listed({ level: { isNull: true } })).toEqual(['Eve']);
    expect(await listed({ urgency: { gte: 0.5 } })).toEqual(['Cleo', 'Dora']);
    expect(await listed({}, '-urgency')).toEqual(['Dora', 'Cleo', 'Bea', 'Ada', 'Eve']);
    expect(await listed({}, 'urgency')).toEqual(['Ada', 'Bea', 'Cleo', 'Dora', 'Eve']);
    expect(await on.face.page('Contact', { filter: { level: { eq: 'late' } } })).toMatchObject({
      rows: [],
      code: 'invalid_input',
    });
  });
});

it('the doctor finds a cadence of other days, and mends it', async () => {
  const examining = await Examining.of(shared);
  await examining.on.clear();
  const id = await examining.on.make('Contact', { name: 'Ada', tier: 'inner' });
  await examining.sql(`update contacts set cadence_days = 7 where id = '${id}'`);
  expect(await examining.wrongs()).toEqual(['touches_as_logged: has a cadence of 7 days, and its rhythm gives 30']);
  expect(await examining.mend()).toEqual(['contact.updated']);
});

import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('reminders when the settings of the account change, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeEach(async () => {
    await shared.clear();
    program = await shared.asAnother();
    face = faceOf(name, program);
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const remind = async (input: Record<string, unknown>): Promise<string> =>
    String((await face.create('Reminder', { title: 'Write to Ada', ...input })).data.id);
  const settle = async (settings: Record<string, unknown>): Promise<void> => {
    const { status } = await program.ask('patch', '/v1/account', { body: settings });
    expect(status).toBe(200);
  };
  const shown = async (id: string) => {
    const { data } = await face.one('Reminder', id);
    const { rows } = await face.page('Occurrence', { filter: { reminderId: { eq: id } }, sort: 'dueAt' });
    return { zone: data.timeZone, due: data.dueAt, rings: rows.map(({ ringsAt }) => ringsAt) };
  };

  it('loses no day that moves to before the moment at which the day before it rang late', async () => {
    const id = await remind({ dueOn: '2026-03-03', every: 'P1D' });
    program.clock.set('2026-03-04T05:00:00.000Z');
    await program.app.get(RingsService).ringDue();
    await settle({ dayStartsAt: '00:00' });
    expect((await face.update('Reminder', id, { leads: ['PT1H'] })).code).toBeNull();
    await program.app.get(RingsService).ringDue();
    expect((await shown(id)).rings).toEqual([
      '2026-03-03T09:00:00.000Z',
      '2026-03-04T00:00:00.000Z',
      '2026-03-05T00:00:00.000Z',
    ]);
  });

  it('keeps days and times of day on the wall, leaves instants and zones of their own', async () => {
    const day = await remind({ dueOn: '2026-07-10' });
    const daily = await remind({ dueAt: '2026-07-10T06:30:00Z', every: 'P1D' });
    const instant = await remind({ dueAt: '2026-07-10T06:30:00Z' });
    const own = await remind({ dueOn: '2026-07-10', timeZone: 'Asia/Tokyo' });
    const { data: ada } = await face.create('Contact', { name: 'Ada', metOn: '2026-01-10', keepInTouchEvery: 'P6M' });
    await program.events();
    await settle({ timeZone: 'America/New_York' });
    expect(await shown(day)).toEqual(moved('America/New_York', '2026-07-10T13:00:00.000Z'));
    expect(await shown(daily)).toEqual(moved('America/New_York', '2026-07-10T10:30:00.000Z'));
    expect(await shown(instant)).toEqual(moved('America/New_York', '2026-07-10T06:30:00.000Z'));
    expect(await shown(own)).toEqual(moved('Asia/Tokyo', '2026-07-10T00:00:00.000Z'));
    const { rows } = await face.page('Reminder', { filter: { subjectId: { eq: ada.id } } });
    expect(rows).toMatchObject([{ dueAt: '2026-07-10T13:00:00.000Z', timeZone: 'America/New_York' }]);
    expect((await program.events()).sort()).toEqual([
      'account.updated',
      'contact.updated',
      ...Array<string>(4).fill('reminder.updated'),
    ]);
  });

  it('moves days with the start of the day, and not what was put off', async () => {
    const day = await remind({ dueOn: '2026-07-10' });
    const snoozed = await remind({ dueOn: '2026-03-02' });
    await program.app.get(RingsService).ringDue();
    const input = { until: '2026-07-10T15:45:00Z' };
    await face.act({ type: 'Reminder', id: snoozed, noun: 'snooze', verb: 'snoozeReminder', input });
    await program.events();
    await settle({ dayStartsAt: '07:15' });
    expect(await shown(day)).toEqual(moved('UTC', '2026-07-10T07:15:00.000Z'));
    expect(await shown(snoozed)).toMatchObject({ due: '2026-07-10T15:45:00.000Z' });
    const { rows } = await program.pool.query<{ previous: unknown }>(
      `select previous from events where type = 'reminder.updated' and subject_id = $1`,
      [day],
    );
    expect(rows).toEqual([{ previous: { dueAt: '2026-07-10T09:00:00.000Z', startsAt: '2026-07-10T09:00:00.000Z' } }]);
  });

  it('gives rings that are ahead the quiet hours of now, without changing when they are due', async () => {
    const night = await remind({ dueAt: '2026-07-10T23:00:00Z', leads: ['PT1H'] });
    await program.events();
    await settle({ quietFrom: '22:30', quietUntil: '06:00' });
    expect(await shown(night)).toEqual({
      zone: 'UTC',
      due: '2026-07-10T23:00:00.000Z',
      rings: ['2026-07-11T06:00:00.000Z'],
    });
    expect(await program.events()).toEqual(['account.updated']);
    await settle({ quietFrom: null, quietUntil: null });
    expect(await shown(night)).toMatchObject({ rings: ['2026-07-10T23:00:00.000Z'] });
  });

  it('refuses half of the quiet hours, and a whole day of them', async () => {
    await program.events();
    for (const body of [{ quietFrom: '22:00' }, { quietFrom: '22:00', quietUntil: '22:00' }, { quietFrom: '25:00' }]) {
      const { status } = await program.ask('patch', '/v1/account', { body });
      expect(status).toBe(422);
    }
    expect(await program.events()).toEqual([]);
  });
});

function moved(zone: string, due: string) {
  return { zone, due, rings: [due] };
}

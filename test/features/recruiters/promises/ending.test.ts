import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { PoisonedTable } from '../../../harness/poison.js';
import { TestProgram } from '../../../harness/program.js';
import { Expecting } from './expecting.js';

const END = '2026-09-29T09:00:00.000Z';
const MISSED = 'recruiter.check_back_missed';

let shared: TestProgram;
let on: Expecting;
beforeAll(async () => {
  shared = await TestProgram.start();
  on = await Expecting.over('rest', shared);
});
afterAll(() => shared.stop());
beforeEach(() => on.begin());

const missed = async (): Promise<string[]> => {
  const { rows } = await shared.pool.query<{ id: string }>(`select data ->> 'id' as id from events where type = $1`, [
    MISSED,
  ]);
  return rows.map(({ id }) => id);
};

describe('the end of check-backs', () => {
  it('comes once for each, however many workers there are', async () => {
    await shared.empty('events', 'outbox');
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) ids.push((await on.parked(`Rita ${n}`, { for: 'P1M' })).checkBack);
    shared.clock.set(END);
    const rings = shared.app.get(RingsService);
    const worker = async (): Promise<void> => {
      while ((await rings.ringDue(7)) > 0);
    };
    await Promise.all([worker(), worker(), worker(), worker()]);
    await worker();
    expect((await missed()).sort()).toEqual([...ids].sort());
  });

  it('that fails is set aside, while those of others come', async () => {
    await shared.empty('events', 'outbox');
    const broken = await on.parked('Rita', { for: 'P1M' });
    const other = await Expecting.over('graphql', shared);
    const { id, checkBack } = await other.parked('Quin', { for: 'P1M' });
    const condition = `new.id = '${broken.checkBack}'`;
    const poisoned = await PoisonedTable.pour(shared.pool, 'check_backs', 'update', condition, { fails: 'broken' });
    try {
      await other.at(END);
      expect(await missed()).toEqual([checkBack]);
      expect(await other.states(id)).toEqual(['missed']);
      const { body } = await on.program.ask('get', '/v1/failures');
      expect(body.data).toMatchObject([{ job: 'ring', subjectType: 'occurrence' }]);
    } finally {
      await poisoned.mend();
      await shared.pool.query('delete from failures');
    }
    await on.work();
    expect(await on.states(broken.id)).toEqual(['missed']);
    expect((await missed()).sort()).toEqual([broken.checkBack, checkBack].sort());
  });

  it('is foreseen: what a preview says of our own reminder is what happens', async () => {
    const parked = [await on.parked('Rita', { for: 'P1M' }), await on.parked('Quin', { for: 'P1M' })];
    await on.at('2026-07-30T09:00:00.000Z');
    for (const [at, until] of ['2026-09-29T08:59:00Z', '2026-10-15T09:00:00Z'].entries()) {
      const filter = { subjectId: { eq: parked[at]?.id } };
      const [reminder] = (await on.face.page('Reminder', { filter })).rows;
      const snooze = { type: 'Reminder', id: String(reminder?.id), noun: 'snooze', verb: 'snoozeReminder' };
      expect((await on.face.act({ ...snooze, input: { until } })).code).toBeNull();
    }
    const foreseen = async (): Promise<unknown[]> => {
      const { body } = await on.program.ask('get', '/v1/reminders/preview?to=2026-12-01T00:00:00Z');
      return (body as { events: { eventType: string; at: string }[] }).events
        .filter(({ eventType }) => eventType === 'reminder.due')
        .map(({ at }) => at);
    };
    expect(await foreseen()).toEqual(['2026-09-29T08:59:00.000Z']);
    await on.program.events();
    expect(await on.at('2026-09-29T08:59:00.000Z')).toEqual(['reminder.due']);
    expect((await on.at('2026-10-15T09:00:00.000Z')).sort()).toEqual([
      MISSED,
      MISSED,
      'reminder.deleted',
      'reminder.deleted',
    ]);
  });
});

import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('digests over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeEach(async () => {
    await shared.clear();
    program = await shared.asAnother();
    face = faceOf(name, program);
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const remind = async (title: string, dueAt: string, more: object = {}): Promise<string> =>
    String((await face.create('Reminder', { title, dueAt, ...more })).data.id);
  const settle = async (settings: Record<string, unknown>): Promise<void> => {
    const { status } = await program.ask('patch', '/v1/account', { body: settings });
    expect(status).toBe(200);
    await program.events();
  };
  const ringAt = async (time: string): Promise<string[]> => {
    await program.events();
    program.clock.set(time);
    await program.app.get(RingsService).ringDue();
    return (await program.events()).sort();
  };
  const kept = async (): Promise<unknown[]> => {
    const { rows } = await face.page('Reminder', { filter: { kind: { eq: 'digest' } } });
    return rows.map(({ title, dueAt, every, state }) => [title, dueAt, every, state]);
  };

  it('tells once a day what is due, what comes, and what to do first', async () => {
    await settle({ digest: 'daily' });
    expect(await kept()).toEqual([['Daily digest', '2026-03-03T09:00:00.000Z', 'P1D', 'active']]);
    const plain = await remind('Write to Ada', '2026-03-02T11:00:00Z');
    const high = await remind('Answer Grace', '2026-03-03T08:00:00Z', { priority: 'high' });
    await remind('Call Alan', '2026-03-04T08:59:00Z');
    await remind('Much later', '2026-03-04T09:01:00Z');
    const asleep = await remind('Asleep', '2026-03-03T12:00:00Z');
    await program.ask('post', `/v1/reminders/${asleep}/pause`);
    expect(await ringAt('2026-03-03T09:00:00.000Z')).toEqual(['digest.ready', 'reminder.due', 'reminder.due']);

    const { rows } = await face.page('Digest', {});
    expect(rows).toMatchObject([
      {
        period: 'daily',
        coversFrom: '2026-03-03T09:00:00.000Z',
        coversUntil: '2026-03-04T09:00:00.000Z',
        dueCount: 2,
        upcomingCount: 1,
        due: [
          { title: 'Answer Grace', reminderId: high, priority: 'high', dueAt: '2026-03-03T08:00:00.000Z' },
          { title: 'Write to Ada', reminderId: plain, kind: 'manual' },
        ],
        upcoming: [{ title: 'Call Alan', dueAt: '2026-03-04T08:59:00.000Z' }],
        nextBestAction: { title: 'Answer Grace', reminderId: high },
      },
    ]);
    expect((await face.one('Digest', String(rows[0]?.id))).data).toEqual(rows[0]);
    expect(await kept()).toEqual([['Daily digest', '2026-03-04T09:00:00.000Z', 'P1D', 'active']]);
    const { rows: open } = await face.page('Occurrence', { filter: { state: { eq: 'open' } } });
    expect(open.map(({ kind }) => kind)).toEqual(['manual', 'manual']);
  });

  it('needs no answer: it is never overdue, and wakes nobody once it is sent', async () => {
    await settle({ digest: 'daily' });
    const { rows } = await face.page('Reminder', { filter: { kind: { eq: 'digest' } } });
    expect((await face.update('Reminder', String(rows[0]?.id), { overdueAfter: 'PT3H' })).code).toBeNull();
    await remind('Write to Ada', '2026-03-02T11:00:00Z');
    await ringAt('2026-03-02T11:00:00.000Z');
    const { body } = await program.ask('get', '/v1/reminders/preview?to=2026-03-04T00:00:00Z');
    expect((body as { events: { eventType: string }[] }).events.map(({ eventType }) => eventType)).toEqual([
      'digest.ready',
    ]);
    expect(await ringAt('2026-03-03T09:00:00.000Z')).toEqual(['digest.ready']);
    expect(await ringAt('2026-03-03T13:00:00.000Z')).toEqual([]);
    expect(await program.app.get(RingsService).ringDue()).toBe(0);
  });

  it('counts what comes as a preview does: every repeat, where quiet hours put it', async () => {
    await settle({ digest: 'weekly', digestWeekday: 1, quietFrom: '22:00', quietUntil: '07:30' });
    await remind('Daily', '2026-03-02T12:00:00Z', { every: 'P1D' });
    await remind('At night', '2026-03-02T23:00:00Z', { rrule: 'FREQ=DAILY;COUNT=9' });
    await remind('Counted from answers', '2026-03-10T12:00:00Z', { every: 'P1D', anchor: 'completion' });
    await remind('Once', '2026-03-16T08:59:00Z');
    await remind('At the next digest', '2026-03-16T09:00:00Z');
    await ringAt('2026-03-09T08:59:00.000Z');
    expect(await ringAt('2026-03-09T09:00:00.000Z')).toEqual(['digest.ready']);
    const [digest] = (await face.page('Digest', {})).rows;
    const query = `from=${String(digest?.coversFrom)}&to=${String(digest?.coversUntil)}`;
    const { body } = await program.ask('get', `/v1/reminders/preview?${query}`);
    const rings = (body as { events: { eventType: string; title: string; dueAt: string }[] }).events.filter(
      ({ eventType }) => eventType === 'reminder.due',
    );
    expect(rings.length).toBe(11);
    expect(digest).toMatchObject({ dueCount: 2, upcomingCount: rings.length });
    const listed = (digest?.upcoming as { title: string; dueAt: string }[]).map(
      ({ title, dueAt }) => `${dueAt} ${title}`,
    );
    expect(listed.sort()).toEqual(rings.map(({ title, dueAt }) => `${dueAt} ${title}`).sort());
    expect(digest?.upcoming).toContainEqual(expect.objectContaining({ occurrenceId: null, title: 'Daily' }));
  });

  it("comes once more when it was put off, until the next one, and stands in nobody's way", async () => {
    await settle({ digest: 'daily' });
    await remind('Write to Ada', '2026-03-03T15:00:00Z');
    await remind('Call Alan', '2026-03-02T12:00:00Z');
    const [digest] = (await face.page('Reminder', { filter: { kind: { eq: 'digest' } } })).rows;
    const snooze = { noun: 'snooze', verb: 'snoozeReminder', input: { until: '2026-03-02T12:00:00Z' } };
    await face.act({ type: 'Reminder', id: String(digest?.id), ...snooze });
    expect(await ringAt('2026-03-02T12:00:00.000Z')).toEqual(['digest.ready', 'reminder.due']);
    expect((await face.page('Digest', {})).rows).toMatchObject([
      { coversUntil: '2026-03-03T09:00:00.000Z', dueCount: 1 },
    ]);
    expect(await kept()).toEqual([['Daily digest', '2026-03-04T09:00:00.000Z', 'P1D', 'active']]);
  });

  it('is silent when there is nothing to tell', async () => {
    await settle({ digest: 'daily' });
    expect(await ringAt('2026-03-03T09:00:00.000Z')).toEqual([]);
    expect((await face.page('Digest', {})).rows).toEqual([]);
    expect(await kept()).toEqual([['Daily digest', '2026-03-04T09:00:00.000Z', 'P1D', 'active']]);
  });

  it('makes one after days of downtime', async () => {
    await settle({ digest: 'daily' });
    await remind('Write to Ada', '2026-03-04T11:00:00Z');
    expect(await ringAt('2026-03-07T12:00:00.000Z')).toEqual(['digest.ready', 'reminder.due']);
    const { rows } = await face.page('Digest', {});
    expect(rows).toMatchObject([{ dueCount: 1, upcomingCount: 0, coversUntil: '2026-03-08T09:00:00.000Z' }]);
  });

  it('counts all and lists twenty', async () => {
    await settle({ digest: 'daily' });
    for (let n = 0; n < 23; n += 1) await remind(`Due ${n}`, `2026-03-02T11:${10 + n}:00Z`);
    await ringAt('2026-03-03T09:00:00.000Z');
    const { rows } = await face.page('Digest', {});
    expect(rows).toMatchObject([{ dueCount: 23, nextBestAction: { title: 'Due 0' } }]);
    expect((rows[0]?.due as { title: string }[]).map(({ title }) => title)).toEqual(
      Array.from({ length: 20 }, (_, n) => `Due ${n}`),
    );
  });

  it('comes weekly on the day that is asked for, and moves when that changes', async () => {
    await settle({ digest: 'weekly', digestWeekday: 5 });
    expect(await kept()).toEqual([['Weekly digest', '2026-03-06T09:00:00.000Z', 'P1W', 'active']]);
    await remind('Within the week', '2026-03-12T08:00:00Z');
    expect(await ringAt('2026-03-06T09:00:00.000Z')).toEqual(['digest.ready']);
    expect((await face.page('Digest', {})).rows).toMatchObject([
      { period: 'weekly', dueCount: 0, upcomingCount: 1, nextBestAction: { title: 'Within the week' } },
    ]);
    await settle({ digestWeekday: 1 });
    expect(await kept()).toEqual([['Weekly digest', '2026-03-09T09:00:00.000Z', 'P1W', 'active']]);
    await settle({ digest: 'off' });
    expect(await kept()).toEqual([]);
    expect(await ringAt('2026-03-30T09:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('follows the zone, the start of the day and the quiet hours, also when all change together', async () => {
    program.clock.set('2026-03-02T12:30:00.000Z');
    await settle({ digest: 'daily', timeZone: 'America/New_York', dayStartsAt: '07:15' });
    expect(await kept()).toEqual([['Daily digest', '2026-03-03T12:15:00.000Z', 'P1D', 'active']]);
    await settle({ dayStartsAt: '06:00', quietFrom: '22:00', quietUntil: '06:30' });
    expect(await kept()).toEqual([['Daily digest', '2026-03-03T11:00:00.000Z', 'P1D', 'active']]);
    await remind('Write to Ada', '2026-03-02T13:00:00Z');
    await ringAt('2026-03-02T13:00:00.000Z');
    expect(await ringAt('2026-03-03T11:29:00.000Z')).toEqual([]);
    expect(await ringAt('2026-03-03T11:30:00.000Z')).toEqual(['digest.ready']);
  });

  it('comes first by the settings that it was asked for with', async () => {
    await settle({ digest: 'daily', dayStartsAt: '11:00' });
    expect(await kept()).toEqual([['Daily digest', '2026-03-02T11:00:00.000Z', 'P1D', 'active']]);
  });

  it('is kept by the settings alone, and for a year', async () => {
    await settle({ digest: 'daily' });
    await remind('Write to Ada', '2026-03-02T11:00:00Z', { every: 'P1M' });
    const { rows } = await face.page('Reminder', { filter: { kind: { eq: 'digest' } } });
    expect(await face.remove('Reminder', String(rows[0]?.id))).toMatchObject({ code: 'conflict' });
    await ringAt('2026-03-03T09:00:00.000Z');
    await ringAt('2027-03-02T09:00:00.000Z');
    expect((await face.page('Digest', {})).rows).toHaveLength(2);
    await ringAt('2027-03-03T09:00:01.000Z');
    const left = (await face.page('Digest', {})).rows.map(({ coversFrom }) => coversFrom);
    expect(left.sort()).toEqual(['2027-03-02T09:00:00.000Z', '2027-03-03T09:00:01.000Z']);
  });
});

it('tells each account of its own rings alone', async () => {
  const program = await TestProgram.start();
  program.clock.set('2026-03-02T10:00:00.000Z');
  const others = await program.anotherAccount();
  for (const key of [program.key, others]) {
    await program.ask('patch', '/v1/account', { key, body: { digest: 'daily' } });
    const body = { title: `Of ${key === others ? 'another' : 'the first'}`, dueAt: '2026-03-02T11:00:00Z' };
    await program.ask('post', '/v1/reminders', { key, body });
  }
  program.clock.set('2026-03-03T09:00:00.000Z');
  await program.app.get(RingsService).ringDue();
  const { body: first } = await program.ask('get', '/v1/digests');
  const { body: second } = await program.ask('get', '/v1/digests', { key: others });
  expect([first.data, second.data]).toMatchObject([
    [{ dueCount: 1, due: [{ title: 'Of the first' }] }],
    [{ dueCount: 1, due: [{ title: 'Of another' }] }],
  ]);
  await program.stop();
});

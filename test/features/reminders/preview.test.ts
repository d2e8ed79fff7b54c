import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { longestTurn } from '../../harness/longest-turn.js';
import { TestProgram } from '../../harness/program.js';

type Body = Record<string, unknown>;
interface Foreseen {
  readonly at: string;
  readonly eventType: string;
  readonly title: string;
}

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('a preview of what reminders will tell, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeEach(async () => {
    await shared.clear();
    await shared.empty('events');
    program = await shared.asAnother();
    face = faceOf(name, program);
    program.clock.set('2026-03-02T10:00:00.000Z');
  });

  const remind = async (title: string, more: object): Promise<string> =>
    String((await face.create('Reminder', { title, ...more })).data.id);
  /** So many that a preview looks at no more. */
  const remindMany = async (more: object): Promise<void> => {
    const operation = { create: { title: 'One of many', ...more } };
    for (const count of [500, 501]) {
      const operations = Array.from({ length: count }, () => operation);
      expect((await program.ask('post', '/v1/reminders/batch', { body: { operations } })).status).toBe(200);
    }
  };
  const previewed = async (given: Body = {}): Promise<Body> => {
    if (name === 'rest') {
      const { body } = await program.ask(
        'get',
        `/v1/reminders/preview?${new URLSearchParams(given as never).toString()}`,
      );
      return body as Body;
    }
    const query = `query($from: Instant, $to: Instant) { reminderPreview(from: $from, to: $to) {
      from to truncated events { at eventType reminderId occurrenceId kind title dueAt } } }`;
    const { body } = await program.ask('post', '/graphql', { body: { query, variables: given } });
    const answer = body as { data: { reminderPreview: Body } | null; errors?: { extensions: Body }[] };
    return answer.data?.reminderPreview ?? answer.errors?.[0]?.extensions ?? {};
  };
  const told = async (given: Body = {}): Promise<string[]> =>
    ((await previewed(given)).events as Foreseen[]).map(({ at, eventType, title }) => `${at} ${eventType} ${title}`);

  it('shows leads, rings, repeats, what stays unanswered, and digests, in order of time', async () => {
    await remind('Call', { dueAt: '2026-03-04T08:00:00Z', leads: ['P1D', 'PT1H', 'P9D'], overdueAfter: 'P1D' });
    await remind('Read', { dueAt: '2026-03-03T07:00:00Z', every: 'P2D' });
    await program.ask('patch', '/v1/account', { body: { digest: 'weekly', digestWeekday: 4 } });
    expect(await told({ to: '2026-03-06T00:00:00Z' })).toEqual([
      '2026-03-03T07:00:00.000Z reminder.due Read',
      '2026-03-03T08:00:00.000Z reminder.upcoming Call',
      '2026-03-04T07:00:00.000Z reminder.upcoming Call',
      '2026-03-04T08:00:00.000Z reminder.due Call',
      '2026-03-05T07:00:00.000Z reminder.due Read',
      '2026-03-05T08:00:00.000Z reminder.overdue Call',
      '2026-03-05T09:00:00.000Z digest.ready Weekly digest',
    ]);
  });

  it('leaves out digests that would be empty, as then happens', async () => {
    await program.ask('patch', '/v1/account', { body: { digest: 'daily' } });
    expect(await told()).toEqual([]);
    await remind('Call', { dueAt: '2026-03-05T08:00:00Z' });
    expect(await told({ to: '2026-03-07T00:00:00Z' })).toEqual([
      '2026-03-04T09:00:00.000Z digest.ready Daily digest',
      '2026-03-05T08:00:00.000Z reminder.due Call',
      '2026-03-05T09:00:00.000Z digest.ready Daily digest',
      '2026-03-06T09:00:00.000Z digest.ready Daily digest',
    ]);
    await program.events();
    for (const [day, events] of [
      ['03', []],
      ['04', ['digest.ready']],
      ['05', ['digest.ready', 'reminder.due']],
    ] as const) {
      program.clock.set(`2026-03-${day}T09:00:00Z`);
      await program.app.get(RingsService).ringDue();
      expect((await program.events()).sort()).toEqual(events);
    }
  });

  it('foretells exactly what then happens, and does nothing itself', async () => {
    await program.ask('patch', '/v1/account', { body: { quietFrom: '20:00', quietUntil: '06:30' } });
    await remind('Call', { dueAt: '2026-03-03T22:00:00Z', leads: ['P1D', 'PT4H'], overdueAfter: 'PT12H' });
    await remind('Read', { dueAt: '2026-03-02T21:00:00Z', rrule: 'FREQ=DAILY', leads: ['PT2H'] });
    await remind('Walk', { dueAt: '2026-03-02T15:00:00Z', every: 'P1D', leads: ['P3D', 'PT3H'] });
    await remind('Count', { dueAt: '2026-03-02T12:00:00Z', every: 'P1D', anchor: 'completion', overdueAfter: 'PT1H' });
    await program.events();
    const before = await program.pool.query('select * from occurrences order by id');
    const foretold = await told({ to: '2026-03-05T10:00:00Z' });
    expect((await program.pool.query('select * from occurrences order by id')).rows).toEqual(before.rows);
    expect(await program.events()).toEqual([]);
    const happened: string[] = [];
    for (let at = Date.parse('2026-03-02T10:00:00Z'); at < Date.parse('2026-03-05T10:00:00Z'); at += 30 * 60_000) {
      program.clock.set(new Date(at).toISOString());
      await program.app.get(RingsService).ringDue();
      const { rows } = await program.pool.query<{ type: string; title: string }>(
        `select type, data ->> 'title' as title from events where occurred_at = $1 and type ~ '^reminder.(upcoming|due|overdue)$' order by type, title`,
        [new Date(at)],
      );
      happened.push(...rows.map(({ type, title }) => `${new Date(at).toISOString()} ${type} ${title}`));
    }
    expect(happened.length).toBeGreaterThan(8);
    expect([...foretold].sort()).toEqual([...happened].sort());
  });

  it('leaves out that an open ring is overdue when the next ring makes it missed, as then happens', async () => {
    await remind('Daily', { dueAt: '2026-03-02T10:00:00Z', every: 'P1D', overdueAfter: 'P1D' });
    await program.app.get(RingsService).ringDue();
    await program.events();
    expect(await told({ to: '2026-03-03T11:00:00Z' })).toEqual(['2026-03-03T10:00:00.000Z reminder.due Daily']);
    program.clock.set('2026-03-03T10:00:00Z');
    await program.app.get(RingsService).ringDue();
    expect(await program.events()).toEqual(['reminder.due']);
  });

  it('shows a lead that passed while no worker ran, as it is then told', async () => {
    await remind('Call', { dueAt: '2026-03-03T10:00:00Z', leads: ['P1D', 'PT12H', 'PT1H'] });
    program.clock.set('2026-03-03T00:00:00Z');
    await program.events();
    expect(await told({ to: '2026-03-03T11:00:00Z' })).toEqual([
      '2026-03-03T00:00:00.000Z reminder.upcoming Call',
      '2026-03-03T09:00:00.000Z reminder.upcoming Call',
      '2026-03-03T10:00:00.000Z reminder.due Call',
    ]);
    await program.app.get(RingsService).ringDue();
    expect(await program.events()).toEqual(['reminder.upcoming']);
  });

  it('looks at any time of the next years, from now on unless told', async () => {
    await remind('Yearly', { dueAt: '2026-07-10T08:00:00Z', every: 'P1Y' });
    expect(await previewed()).toMatchObject({
      from: '2026-03-02T10:00:00.000Z',
      to: '2026-04-01T10:00:00.000Z',
      events: [],
    });
    expect(await told({ from: '2028-01-01T00:00:00Z', to: '2029-01-01T00:00:00Z' })).toEqual([
      '2028-07-10T08:00:00.000Z reminder.due Yearly',
    ]);
  });

  it('shows a thousand and says that there are more', async () => {
    for (let n = 0; n < 4; n += 1) await remind(`Daily ${n}`, { dueAt: `2026-03-02T1${n + 1}:00:00Z`, every: 'P1D' });
    const preview = await previewed({ to: '2027-03-02T00:00:00Z' });
    expect(preview.truncated).toBe(true);
    expect(preview.events).toHaveLength(1_000);
    expect((preview.events as Foreseen[]).at(-1)).toMatchObject({ at: '2026-11-06T14:00:00.000Z', title: 'Daily 3' });
  });

  it('passes over what rings before, however much that is', async () => {
    await remindMany({ dueAt: '2026-03-10T08:00:00Z' });
    await remind('Weekly', {
      dueAt: '2026-03-02T12:00:00Z',
      rrule: 'FREQ=WEEKLY',
      leads: ['P1D'],
      overdueAfter: 'P2D',
    });
    await remind('Ended', { dueAt: '2026-03-02T13:00:00Z', rrule: 'FREQ=DAILY;COUNT=90' });
    await remind('Later', { dueAt: '2026-09-01T08:00:00Z', leads: ['P1D'] });
    const preview = await previewed({ from: '2026-08-31T00:00:00Z', to: '2026-09-02T12:30:00Z' });
    expect((preview.events as Foreseen[]).map(({ at, eventType, title }) => `${at} ${eventType} ${title}`)).toEqual([
      '2026-08-31T08:00:00.000Z reminder.upcoming Later',
      '2026-08-31T12:00:00.000Z reminder.due Weekly',
      '2026-09-01T08:00:00.000Z reminder.due Later',
      '2026-09-02T12:00:00.000Z reminder.overdue Weekly',
    ]);
  });

  it('lets others have their turn while a thousand rules are counted out', async () => {
    await remindMany({ dueAt: '2026-03-02T11:00:00Z', rrule: 'FREQ=DAILY', leads: ['P1D'] });
    const preview = previewed({ to: '2027-03-02T00:00:00Z' }).then(({ events }) => events);
    const longest = await longestTurn(preview);
    expect(await preview).toHaveLength(1_000);
    // Without turns, two thirds of it and more are computed in one.
    expect(longest).toBeLessThan(1 / 2);
  });

  it('shows nothing of what is paused, and at once what is due already', async () => {
    const asleep = await remind('Asleep', { dueAt: '2026-03-04T08:00:00Z' });
    await face.act({ type: 'Reminder', id: asleep, noun: 'pause', verb: 'pauseReminder' });
    await remind('Waiting', { dueAt: '2026-03-01T08:00:00Z' });
    expect(await told()).toEqual(['2026-03-02T10:00:00.000Z reminder.due Waiting']);
  });

  it.each([
    [{ from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' }],
    [{ from: '2026-03-02T00:00:00Z', to: '2027-03-04T00:00:00Z' }],
  ])('refuses %j', async (given) => {
    expect(await previewed(given)).toMatchObject({ code: 'invalid_input' });
  });
});

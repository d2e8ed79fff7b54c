import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { eventsIn, fetchFeed, makeFeed } from '../reminders/calendar/feeds.js';
import { Ringing } from '../reminders/ringing.js';

type Body = Record<string, unknown>;
interface Foreseen {
  readonly at: string;
  readonly eventType: string;
  readonly dueAt: string;
  readonly kind: string;
}

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** What is told is judged when it is told: a touch whose time has come is counted before anything rings. */
describe.each(faces)('a touch that is planned ahead, over %s', (name) => {
  let on: Ringing;
  let contact: string;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  /** Due on 8 March, and overdue on the 12th. */
  beforeEach(async () => {
    await on.clear();
    contact = await on.make('Contact', { name: 'Ada', keepInTouchEvery: 'P1W', metOn: '2026-03-01' });
    await on.events();
  });

  const meet = async (occurredAt: string, contactIds = [contact]): Promise<void> => {
    await on.make('Interaction', { contactIds, channel: 'call', occurredAt });
    await on.events();
  };
  const due = async (): Promise<unknown[]> => on.rings(await on.keptFor(contact));
  const previewed = async (query: { from?: string; to: string }): Promise<string[]> => {
    const events = name === 'rest' ? await restPreview(on, query) : await graphqlPreview(on, query);
    return events.map(({ at, eventType }) => `${at.slice(0, 16)} ${eventType}`);
  };

  it.each([
    ['before the ring', '2026-03-07T12:00:00Z', '2026-03-14T09:00'],
    ['after the ring', '2026-03-09T12:00:00Z', '2026-03-16T09:00'],
    ['at the moment of the ring', '2026-03-08T09:00:00Z', '2026-03-15T09:00'],
  ])('%s is counted first after downtime, and the moved ring rings once', async (_when, occurredAt, movedTo) => {
    await meet(occurredAt);
    expect((await on.at('2026-03-10T12:00:00.000Z')).sort()).toEqual(['contact.updated', 'reminder.updated']);
    expect(await due()).toEqual([`${movedTo} scheduled`]);
    expect(await on.at(`${movedTo}:00.000Z`)).toEqual(['reminder.due']);
  });

  it('rings once, late, after a downtime that the moved ring falls into as well', async () => {
    await meet('2026-03-07T12:00:00Z');
    await meet('2026-03-20T12:00:00Z');
    const told = await on.at('2026-04-10T12:00:00.000Z');
    expect(told.filter((type) => type === 'reminder.due')).toEqual(['reminder.due']);
    expect(await due()).toEqual(['2026-03-27T09:00 open']);
  });

  it('answers the open ring before it is told as overdue', async () => {
    await on.at('2026-03-08T09:00:00.000Z');
    await meet('2026-03-11T12:00:00Z');
    expect((await on.at('2026-03-13T12:00:00.000Z')).sort()).toEqual([
      'contact.updated',
      'reminder.completed',
      'reminder.updated',
    ]);
  });

  it('holds back what else the account is told until it is counted, however many workers there are', async () => {
    await meet('2026-03-07T12:00:00Z');
    await on.remind({ dueAt: '2026-03-09T09:00:00Z' });
    await on.events();
    const worker = await on.program.pool.connect();
    await worker.query('begin');
    await worker.query(`select from occurrences where kind = 'touch_ahead' and state = 'scheduled' for update`);
    try {
      expect(await on.at('2026-03-10T12:00:00.000Z')).toEqual([]);
    } finally {
      await worker.query('rollback');
      worker.release();
    }
    const told = await on.at('2026-03-10T12:00:00.000Z');
    expect(told.filter((type) => type === 'reminder.due')).toEqual(['reminder.due']);
    expect(await due()).toEqual(['2026-03-14T09:00 scheduled']);
  });

  it('is counted first by whichever of several workers', async () => {
    const others = [];
    for (let index = 0; index < 12; index += 1)
      others.push(await on.make('Contact', { name: `Ada ${index}`, keepInTouchEvery: 'P1W', metOn: '2026-03-01' }));
    for (const [index, id] of others.entries()) await meet(`2026-03-0${5 + (index % 5)}T12:00:00Z`, [id, contact]);
    on.program.clock.set('2026-03-11T12:00:00.000Z');
    const rings = on.program.app.get(RingsService);
    while ((await Promise.all([1, 2, 3, 4].map(() => rings.ringDue(3)))).some((count) => count > 0));
    expect(await on.events()).not.toContain('reminder.due');
    expect(await due()).toEqual(['2026-03-16T09:00 scheduled']);
  });

  it('is foreseen: neither the ring that it moves nor what would follow, but the ring that it leads to', async () => {
    await meet('2026-03-07T12:00:00Z');
    expect(await previewed({ to: '2026-03-19T00:00:00Z' })).toEqual([
      '2026-03-14T09:00 reminder.due',
      '2026-03-18T09:00 reminder.overdue',
    ]);
    expect(await previewed({ from: '2026-03-10T00:00:00Z', to: '2026-03-15T00:00:00Z' })).toEqual([
      '2026-03-14T09:00 reminder.due',
    ]);
    await meet('2026-03-15T12:00:00Z');
    expect(await previewed({ to: '2026-03-23T00:00:00Z' })).toEqual([
      '2026-03-14T09:00 reminder.due',
      '2026-03-22T09:00 reminder.due',
    ]);
  });

  it('is foreseen as it will be counted after a downtime', async () => {
    await meet('2026-03-07T12:00:00Z');
    on.program.clock.set('2026-03-10T12:00:00.000Z');
    expect(await previewed({ to: '2026-03-15T00:00:00Z' })).toEqual(['2026-03-14T09:00 reminder.due']);
    on.program.clock.set('2026-03-17T12:00:00.000Z');
    expect(await previewed({ to: '2026-03-18T00:00:00Z' })).toEqual(['2026-03-17T12:00 reminder.due']);
    expect(await on.at('2026-03-17T12:00:00.000Z')).toContain('reminder.due');
  });

  it('is foreseen up to the last year, beyond which nothing is due', async () => {
    await meet('2100-12-31T12:00:00Z');
    expect(await previewed({ from: '2100-12-31T00:00:00Z', to: '2100-12-31T23:00:00Z' })).toEqual([]);
  });

  it('changes nothing of what is foreseen for a contact that it does not move', async () => {
    await on.change('Contact', contact, { archived: true });
    await meet('2026-03-07T12:00:00Z');
    expect(await previewed({ to: '2026-03-20T00:00:00Z' })).toEqual([]);
  });

  it('keeps quiet what is paused', async () => {
    await on.pause(await on.keptFor(contact));
    await meet('2026-03-07T12:00:00Z');
    expect(await previewed({ to: '2026-03-20T00:00:00Z' })).toEqual([]);
  });

  it('empties the digests until the moved ring', async () => {
    await on.settings({ digest: 'daily' });
    await meet('2026-03-10T12:00:00Z');
    await meet('2026-03-14T12:00:00Z');
    const foreseen = await previewed({ to: '2026-03-21T00:00:00Z' });
    const happened = [];
    for (let day = 3; day < 21; day += 1) {
      for (const time of [`09:00`, '12:00']) {
        const at = `2026-03-${String(day).padStart(2, '0')}T${time}`;
        const told = (await on.at(`${at}:00.000Z`)).filter((type) => /due|overdue|digest/.test(type));
        happened.push(...told.map((type) => `${at} ${type}`));
      }
    }
    expect(happened.sort()).toEqual([...foreseen].sort());
    expect(foreseen.filter((line) => line.endsWith('digest.ready'))).toHaveLength(3);
  });

  it('is foreseen up to a thousand times, and the preview ends there', async () => {
    const operations = Array.from({ length: 100 }, (_, index) => ({
      create: { name: `Ada ${index}`, keepInTouchEvery: 'P1W', metOn: '2026-03-01' },
    }));
    const { body } = await on.program.ask('post', '/v1/contacts/batch', { body: { operations } });
    const ids = (body.data as { id: string }[]).map(({ id }) => id);
    for (let hour = 10; hour <= 20; hour += 1) await meet(`2026-03-03T${hour}:00:00Z`, ids);
    await on.remind({ dueAt: '2026-03-03T12:00:00Z' });
    await on.remind({ dueAt: '2026-03-03T19:30:00Z' });
    const answer = await on.program.ask('get', '/v1/reminders/preview?to=2026-03-03T23:00:00Z');
    const { events, truncated } = answer.body as { events: Foreseen[]; truncated: boolean };
    expect([events.map(({ at }) => at), truncated]).toEqual([['2026-03-03T12:00:00.000Z'], true]);
  });

  it('shows in a calendar as it will ring', async () => {
    const { path } = await makeFeed(on.program);
    const others = await makeFeed(on.program, { name: 'Rounds', lens: 'interviews' });
    const shown = async (feed = path): Promise<unknown[]> =>
      eventsIn((await fetchFeed(on.program, feed)).text).map(({ DTSTART }) => DTSTART);
    expect(await shown()).toEqual(['20260308']);
    await meet('2026-03-07T12:00:00Z');
    expect(await shown()).toEqual(['20260314']);
    await meet('2026-03-15T12:00:00Z');
    expect(await shown()).toEqual(['20260314', '20260322']);
    expect(await shown(others.path)).toEqual([]);
  });
});

async function restPreview(on: Ringing, query: Body): Promise<readonly Foreseen[]> {
  const { body } = await on.program.ask(
    'get',
    `/v1/reminders/preview?${new URLSearchParams(query as never).toString()}`,
  );
  return (body as { events: Foreseen[] }).events;
}

async function graphqlPreview(on: Ringing, variables: Body): Promise<readonly Foreseen[]> {
  const query = `query($from: Instant, $to: Instant) { reminderPreview(from: $from, to: $to) { events { at eventType dueAt kind } } }`;
  const { body } = await on.program.ask('post', '/graphql', { body: { query, variables } });
  return (body as { data: { reminderPreview: { events: Foreseen[] } } }).data.reminderPreview.events;
}

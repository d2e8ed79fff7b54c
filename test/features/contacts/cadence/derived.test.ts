import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('when the next touch is due, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const next = async (id: string): Promise<unknown> => (await on.face.one('Contact', id)).data.nextTouchAt;
  const person = (input: Body): Promise<string> => on.make('Contact', { name: 'Ada', ...input });
  const touch = (id: string, occurredAt: string, more: Body = {}): Promise<string> =>
    on.make('Interaction', { contactIds: [id], channel: 'call', occurredAt, ...more });
  /** How many transactions the events since the last look were recorded in. */
  const transactions = async (): Promise<number> => {
    const { rows } = await on.program.pool.query<{ n: number }>(
      `select count(distinct transaction_id)::int as n from events where sequence > $1`,
      [seen],
    );
    return rows[0]?.n ?? 0;
  };
  let seen = 0;
  const look = async (): Promise<void> => {
    await on.events();
    const { rows } = await on.program.pool.query<{ last: number }>(`select max(sequence) as last from events`);
    seen = rows[0]?.last ?? 0;
  };

  it('counts from the last touch, else from the day of meeting, else from the creation', async () => {
    const id = await person({ keepInTouchEvery: 'P2M' });
    expect(await next(id)).toBe('2026-05-02T09:00:00.000Z');
    await on.change('Contact', id, { metOn: '2026-01-10' });
    expect(await next(id)).toBe('2026-03-10T09:00:00.000Z');
    await touch(id, '2026-02-20T12:00:00Z');
    expect(await next(id)).toBe('2026-04-20T09:00:00.000Z');
    await touch(id, '2026-02-01T12:00:00Z');
    expect(await next(id)).toBe('2026-04-20T09:00:00.000Z');
  });

  it.each([
    ['P1M', '2026-01-31', '2026-02-28'],
    ['P8M', '2025-06-30', '2026-02-28'],
    ['P1Y', '2024-02-29', '2025-02-28'],
    ['P2W', '2026-02-20', '2026-03-06'],
  ])('is %s after %s by the calendar: %s', async (keepInTouchEvery, metOn, day) => {
    expect(await next(await person({ keepInTouchEvery, metOn }))).toBe(`${day}T09:00:00.000Z`);
  });

  it('counts the days of the zone of the account', async () => {
    await on.settings({ timeZone: 'Pacific/Auckland' });
    const id = await person({ tier: 'inner' });
    await touch(id, '2026-02-28T12:30:00Z');
    expect(await next(id)).toBe('2026-03-31T20:00:00.000Z');
    await on.settings({ timeZone: 'America/New_York' });
    expect(await next(id)).toBe('2026-03-28T13:00:00.000Z');
  });

  it('moves in the transaction that logs, edits or deletes a touch, and deletes or restores the contact', async () => {
    const id = await person({ tier: 'inner', metOn: '2026-02-20' });
    await look();
    const logged = await touch(id, '2026-03-01T12:00:00Z');
    expect(await transactions()).toBe(1);
    await look();
    await on.change('Interaction', logged, { occurredAt: '2026-02-25T12:00:00Z' });
    expect(await transactions()).toBe(1);
    expect(await next(id)).toBe('2026-03-25T09:00:00.000Z');
    await look();
    await on.face.remove('Interaction', logged);
    expect(await transactions()).toBe(1);
    expect(await next(id)).toBe('2026-03-20T09:00:00.000Z');
    await look();
    await on.face.remove('Contact', id);
    expect(await transactions()).toBe(1);
    await look();
    await on.face.act({ type: 'Contact', id, noun: 'restoration', verb: 'restoreContact' });
    expect(await on.events()).toEqual(['contact.restored', 'reminder.created']);
    expect(await transactions()).toBe(1);
  });

  it('is due again when a mistaken touch is deleted, and rings again', async () => {
    const id = await person({ tier: 'inner', metOn: '2026-02-02' });
    await on.events();
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
    const mistaken = await touch(id, '2026-03-02T09:30:00Z');
    expect((await on.face.page('Contact', { list: 'due' })).rows).toEqual([]);
    await on.events();
    await on.face.remove('Interaction', mistaken);
    expect(await next(id)).toBe('2026-03-02T09:00:00.000Z');
    expect((await on.face.page('Contact', { list: 'due' })).rows).toMatchObject([{ id, level: 'due' }]);
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual([
      ...['interaction.deleted', 'contact.updated', 'reminder.updated', 'reminder.due'],
    ]);
  });

  it('a dismissal means not this time: a period later, without a touch, whatever is entered of before', async () => {
    const id = await person({ tier: 'inner', metOn: '2025-12-02' });
    await on.at('2026-03-02T10:00:00.000Z');
    expect((await on.face.page('Contact', { list: 'fading' })).rows).toMatchObject([{ id }]);
    await on.events();
    await on.dismiss(await on.keptFor(id));
    expect(await on.events()).toEqual(['reminder.dismissed', 'contact.updated', 'reminder.updated']);
    expect((await on.face.one('Contact', id)).data).toMatchObject({
      ...{ lastTouchAt: null, nextTouchAt: '2026-04-02T09:00:00.000Z', level: 'ok' },
    });
    expect((await on.face.page('Interaction')).rows).toEqual([]);
    expect((await on.face.page('Contact', { list: 'fading' })).rows).toEqual([]);
    await touch(id, '2026-02-15T12:00:00Z');
    expect(await next(id)).toBe('2026-04-02T09:00:00.000Z');
    on.program.clock.set('2026-03-05T12:00:00.000Z');
    await touch(id, '2026-03-05T11:00:00Z');
    expect(await next(id)).toBe('2026-04-05T09:00:00.000Z');
  });
});

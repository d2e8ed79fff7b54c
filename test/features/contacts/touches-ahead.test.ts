import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from '../reminders/ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** An interaction that is dated ahead is no touch yet; it becomes one by itself when its time comes. */
describe.each(faces)('an interaction that is dated ahead, over %s', (name) => {
  let on: Ringing;
  let contact: string;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(async () => {
    await on.clear();
    contact = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-02-20' });
    await on.events();
  });

  const meet = (occurredAt: string, more: object = {}): Promise<string> =>
    on.make('Interaction', { contactIds: [contact], channel: 'call', occurredAt, ...more });
  const dates = async (): Promise<unknown[]> => {
    const { lastTouchAt, nextTouchAt } = (await on.face.one('Contact', contact)).data;
    return [lastTouchAt, nextTouchAt];
  };
  const waiting = async (): Promise<unknown[]> => {
    const { rows } = await on.face.page('Reminder', { filter: { kind: { eq: 'touch_ahead' } } });
    return rows.map(({ dueAt, state }) => `${String(dueAt)} ${String(state)}`);
  };

  it('counts when its time comes, and moves the next touch and the reminder', async () => {
    await meet('2026-03-10T22:30:00Z');
    expect(await on.events()).toEqual(['interaction.logged', 'reminder.created']);
    expect(await dates()).toEqual([null, '2026-03-20T09:00:00.000Z']);
    expect(await on.at('2026-03-10T22:29:59.000Z')).toEqual([]);
    expect(await on.at('2026-03-10T22:30:00.000Z')).toEqual(['contact.updated', 'reminder.updated']);
    expect(await dates()).toEqual(['2026-03-10T22:30:00.000Z', '2026-04-10T09:00:00.000Z']);
    expect(await waiting()).toEqual(['2026-03-10T22:30:00.000Z done']);
    expect(await on.at('2026-04-10T09:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('counts at its own time, whatever is quiet then, and answers the ring that is open', async () => {
    await on.settings({ quietFrom: '22:00', quietUntil: '07:30' });
    await meet('2026-03-20T23:00:00Z');
    expect(await on.at('2026-03-20T09:00:00.000Z')).toContain('reminder.due');
    expect(await on.at('2026-03-20T23:00:00.000Z')).toEqual([
      'contact.updated',
      'reminder.updated',
      'reminder.completed',
    ]);
  });

  it('does not stand in the way of touches before it', async () => {
    await meet('2029-03-10T12:00:00Z');
    await meet('2026-03-02T09:00:00Z');
    expect(await dates()).toEqual(['2026-03-02T09:00:00.000Z', '2026-04-02T09:00:00.000Z']);
  });

  it('counts once after downtime, in the order of time', async () => {
    await meet('2026-03-12T12:00:00Z');
    await meet('2026-03-10T12:00:00Z');
    await on.events();
    expect((await on.at('2026-03-15T12:00:00.000Z')).sort()).toEqual(['contact.updated', 'reminder.updated']);
    expect(await dates()).toEqual(['2026-03-12T12:00:00.000Z', '2026-04-12T09:00:00.000Z']);
  });

  it.each([
    ['deleted', (id: string) => on.face.remove('Interaction', id)],
    ['no touch any more', (id: string) => on.change('Interaction', id, { countsAsTouch: false })],
  ])('is waited for no more when it is %s after its time, before a worker has seen it', async (_, change) => {
    const id = await meet('2026-03-10T12:00:00Z');
    on.program.clock.set('2026-03-10T13:00:00.000Z');
    await change(id);
    expect(await waiting()).toEqual([]);
    expect(await dates()).toEqual([null, '2026-03-20T09:00:00.000Z']);
    await on.events();
    expect(await on.at('2026-03-10T14:00:00.000Z')).toEqual([]);
  });

  it('is waited for at the time it is moved to, and no more when it is deleted, past or does not count', async () => {
    const id = await meet('2026-03-10T12:00:00Z');
    await on.change('Interaction', id, { occurredAt: '2026-03-11T12:00:00Z' });
    expect(await waiting()).toEqual(['2026-03-11T12:00:00.000Z active']);
    await on.events();
    await on.change('Interaction', id, { countsAsTouch: false });
    expect(await on.events()).toEqual(['interaction.updated', 'reminder.deleted']);
    await on.change('Interaction', id, { countsAsTouch: true });
    expect(await waiting()).toEqual(['2026-03-11T12:00:00.000Z active']);
    await on.change('Interaction', id, { occurredAt: '2026-03-01T12:00:00Z' });
    expect(await waiting()).toEqual([]);
    expect(await dates()).toEqual(['2026-03-01T12:00:00.000Z', '2026-04-01T09:00:00.000Z']);
    await on.change('Interaction', id, { occurredAt: '2026-03-11T12:00:00Z' });
    await on.events();
    await on.face.remove('Interaction', id);
    expect(await on.events()).toEqual(['interaction.deleted', 'reminder.deleted']);
    expect(await on.at('2026-03-12T12:00:00.000Z')).toEqual([]);
  });

  it('counts for a contact that is restored meanwhile', async () => {
    await meet('2026-03-10T12:00:00Z');
    await on.face.remove('Contact', contact);
    await on.at('2026-03-10T12:00:00.000Z');
    await on.face.act({ type: 'Contact', id: contact, noun: 'restoration', verb: 'restoreContact' });
    expect((await dates())[0]).toBe('2026-03-10T12:00:00.000Z');
  });

  it('is told of to nobody, and cannot be answered', async () => {
    await meet('2026-03-10T12:00:00Z');
    const { body } = await on.program.ask('get', '/v1/reminders/preview?to=2026-03-19T00:00:00Z');
    expect((body as { events: unknown[] }).events).toEqual([]);
    const [reminder] = (await on.face.page('Reminder', { filter: { kind: { eq: 'touch_ahead' } } })).rows;
    for (const [noun, verb] of [
      ['completion', 'completeReminder'],
      ['pause', 'pauseReminder'],
    ] as const) {
      const input = noun === 'completion' ? { input: {} } : {};
      const { code } = await on.face.act({ type: 'Reminder', id: String(reminder?.id), noun, verb, ...input });
      expect(code).toBe('conflict');
    }
    await on.settings({ digest: 'weekly' });
    await on.events();
    expect(await on.at('2026-03-09T09:00:00.000Z')).toEqual([]);
  });
});

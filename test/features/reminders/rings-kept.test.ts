import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** A kept reminder is known by what its plan was derived from, not by the date it comes to (the bell never goes missing, 6). */
describe.each(faces)('a reminder that a habit keeps, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const overdue = (): Promise<string> => on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-01-02' });
  const round = async (startsAt: string): Promise<string> => {
    const interviewId = await on.make('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
    return on.make('Round', { interviewId, kind: 'coding', startsAt });
  };

  it('goes on in a month when it is completed on the day the contact was made', async () => {
    const contact = await on.make('Contact', { name: 'Ada', keepInTouchEvery: 'P1M' });
    const id = await on.keptFor(contact);
    await on.events();
    expect(await on.complete(id)).toMatchObject({ state: 'active', dueAt: '2026-04-02T09:00:00.000Z' });
    expect(await on.events()).toEqual([
      'reminder.completed',
      'interaction.logged',
      'contact.updated',
      'reminder.updated',
    ]);
    expect(await on.at('2026-04-02T09:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('is due again when the touch that its completion logged is deleted', async () => {
    const contact = await overdue();
    const id = await on.keptFor(contact);
    await on.at('2026-03-02T10:00:00.000Z');
    await on.complete(id);
    const [touch] = (await on.face.page('Interaction')).rows;
    await on.events();
    await on.face.remove('Interaction', String(touch?.id));
    expect(await on.events()).toEqual(['interaction.deleted', 'contact.updated', 'reminder.updated']);
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.rings(id)).toEqual(['2026-02-02T09:00 done', '2026-02-02T09:00 open']);
  });

  it('stays answered when a round that was prepared for is edited', async () => {
    const id = await round('2026-03-03T09:00:00Z');
    await on.at('2026-03-02T10:00:00.000Z');
    expect(await on.complete(await on.keptFor(id))).toMatchObject({ state: 'done' });
    await on.events();
    await on.change('Round', id, { preparation: 'Graphs, again' });
    expect(await on.at('2026-03-02T20:00:00.000Z')).toEqual(['round.updated']);
    expect(await on.about(id)).toHaveLength(1);
  });

  it('waits a period after a dismissal, whatever else is edited', async () => {
    const contact = await overdue();
    const id = await on.keptFor(contact);
    await on.at('2026-03-02T10:00:00.000Z');
    expect(await on.dismiss(id)).toMatchObject({ state: 'active', dueAt: '2026-04-02T09:00:00.000Z' });
    expect(await on.events()).toEqual(['reminder.dismissed', 'contact.updated', 'reminder.updated']);
    expect((await on.face.one('Contact', contact)).data).toMatchObject({
      lastTouchAt: null,
      nextTouchAt: '2026-04-02T09:00:00.000Z',
    });
    await on.change('Contact', contact, { company: 'Analytical Engines' });
    expect(await on.at('2026-04-01T10:00:00.000Z')).toEqual(['contact.updated']);
    expect(await on.at('2026-04-02T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.about(contact)).toHaveLength(1);
  });

  it('stays open when its contact is renamed, under the new name', async () => {
    const contact = await overdue();
    await on.at('2026-03-02T10:00:00.000Z');
    await on.change('Contact', contact, { name: 'Ada Lovelace' });
    expect(await on.events()).toEqual(['contact.updated', 'reminder.updated']);
    expect(await on.occurrences(await on.keptFor(contact))).toMatchObject([
      { state: 'open', title: 'Keep in touch with Ada Lovelace' },
    ]);
  });

  it('rings again when its tier was changed and changed back', async () => {
    const contact = await overdue();
    const id = await on.keptFor(contact);
    await on.at('2026-03-02T10:00:00.000Z');
    await on.change('Contact', contact, { tier: 'wide' });
    expect(await on.rings(id)).toEqual(['2026-02-02T09:00 superseded', '2026-07-02T09:00 scheduled']);
    await on.change('Contact', contact, { tier: 'inner' });
    await on.events();
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.rings(id)).toEqual(['2026-02-02T09:00 superseded', '2026-02-02T09:00 open']);
  });

  it('rings again for a round that was moved and moved back', async () => {
    const id = await round('2026-03-03T09:00:00Z');
    await on.at('2026-03-02T10:00:00.000Z');
    await on.complete(await on.keptFor(id));
    await on.change('Round', id, { startsAt: '2026-03-05T09:00:00Z' });
    await on.change('Round', id, { startsAt: '2026-03-03T09:00:00Z' });
    await on.events();
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('goes with an answered call, and the touch answers the ring', async () => {
    const contact = await overdue();
    const id = await on.keptFor(contact);
    await on.at('2026-03-02T10:00:00.000Z');
    await on.make('Interaction', { contactIds: [contact], channel: 'call' });
    expect(await on.events()).toEqual([
      'interaction.logged',
      'contact.updated',
      'reminder.updated',
      'reminder.completed',
    ]);
    expect(await on.rings(id)).toEqual(['2026-02-02T09:00 done', '2026-04-02T09:00 scheduled']);
  });

  it('is counted anew for a recruiter who is parked again until the same day', async () => {
    const id = await on.make('Recruiter', { contact: { name: 'Rita' } });
    const park = () =>
      on.face.act({ type: 'Recruiter', id, noun: 'parking', verb: 'parkRecruiter', input: { for: 'P1D' } });
    await park();
    const reminder = await on.keptFor(id);
    await on.complete(reminder);
    await park();
    const kept = (await on.about(id)).at(-1);
    await on.events();
    expect(kept).toMatchObject({ state: 'active', dueAt: '2026-03-03T09:00:00.000Z' });
  });
});

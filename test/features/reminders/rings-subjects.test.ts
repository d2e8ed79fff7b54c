import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Ringing } from './ringing.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Bells go with what they are about when it is over or deleted, come back with it, and are called after it. */
describe.each(faces)('a bell and what it is about, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const interview = (): Promise<string> =>
    on.make('Interview', { company: 'Engines', role: 'Engineer', intent: 'serious' });
  const parked = async (contact: object = { name: 'Rita' }): Promise<string> => {
    const id = await on.make('Recruiter', { contact });
    await on.face.act({ type: 'Recruiter', id, noun: 'parking', verb: 'parkRecruiter', input: { for: 'P1M' } });
    return id;
  };
  const contactOf = async (recruiter: string): Promise<string> =>
    String((await on.face.one('Recruiter', recruiter)).data.contactId);

  it('does not ring for a round that was months ago, entered for the record', async () => {
    const round = { interviewId: await interview(), kind: 'coding', startsAt: '2025-11-03T09:00:00Z' };
    const id = await on.make('Round', { ...round, status: 'done' });
    const silent = await on.make('Round', round);
    expect((await on.face.one('Round', id)).data).toMatchObject({ status: 'done' });
    await on.change('Round', silent, { debrief: 'Graphs' });
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual([
      'interview.started',
      'round.scheduled',
      'round.scheduled',
      'round.updated',
    ]);
    expect([...(await on.about(id)), ...(await on.about(silent))]).toEqual([]);
  });

  it('goes when the interview has ended, and comes back when it goes on', async () => {
    const interviewId = await interview();
    const round = await on.make('Round', { interviewId, kind: 'coding', startsAt: '2026-03-09T09:00:00Z' });
    await on.events();
    await on.change('Interview', interviewId, { stage: 'ended' });
    expect(await on.events()).toEqual(['interview.stage_changed', 'reminder.deleted']);
    expect(await on.about(round)).toEqual([]);
    await on.change('Interview', interviewId, { stage: 'interviewing' });
    expect(await on.about(round)).toMatchObject([{ state: 'active', dueAt: '2026-03-08T09:00:00.000Z' }]);
  });

  it('is called after the company as it is called now', async () => {
    const interviewId = await interview();
    const round = await on.make('Round', { interviewId, kind: 'coding', startsAt: '2026-03-03T09:00:00Z' });
    await on.at('2026-03-02T10:00:00.000Z');
    await on.change('Interview', interviewId, { company: 'Analytical Engines' });
    expect(await on.events()).toEqual(['interview.updated', 'reminder.updated']);
    expect(await on.occurrences(await on.keptFor(round))).toMatchObject([
      { state: 'open', title: 'Interview with Analytical Engines: prepare' },
    ]);
  });

  it('is called after a name however long it is, cut between characters', async () => {
    const long = `${'a'.repeat(180)}👩‍🚀👩‍🚀`;
    const contact = await on.make('Contact', { name: long, tier: 'close' });
    expect(await on.about(contact)).toMatchObject([{ title: `Keep in touch with ${'a'.repeat(180)}` }]);
  });

  it.each([
    [{ timeZone: 'Europe/Berlin' }, '2026-04-02T07:00:00.000Z'],
    [{ dayStartsAt: '08:00' }, '2026-04-02T08:00:00.000Z'],
    [{ timeZone: 'Europe/Berlin', dayStartsAt: '08:00' }, '2026-04-02T06:00:00.000Z'],
  ])('moves what is stored with it when the settings become %j', async (settings, at) => {
    const contact = await on.make('Contact', { name: 'Ada', tier: 'inner' });
    const recruiter = await parked();
    await on.events();
    await on.settings(settings);
    expect((await on.face.one('Contact', contact)).data).toMatchObject({ nextTouchAt: at });
    expect((await on.face.one('Recruiter', recruiter)).data).toMatchObject({ parkedUntil: at });
    expect(await on.about(contact)).toMatchObject([{ dueAt: at }]);
    expect(await on.about(recruiter)).toMatchObject([{ dueAt: at }]);
    expect((await on.events()).sort()).toEqual([
      'account.updated',
      'contact.updated',
      'recruiter.updated',
      'reminder.updated',
      'reminder.updated',
      'reminder.updated',
    ]);
    await on.change('Contact', contact, { company: 'Engines' });
    expect(await on.events()).toEqual(['contact.updated']);
  });

  it('counts from the call of today, though another is entered for 2029', async () => {
    const contact = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-01-02' });
    await on.make('Interaction', { contactIds: [contact], channel: 'call', occurredAt: '2029-01-01T10:00:00Z' });
    await on.make('Interaction', { contactIds: [contact], channel: 'call' });
    expect((await on.face.one('Contact', contact)).data).toMatchObject({
      lastTouchAt: '2026-03-02T10:00:00.000Z',
      nextTouchAt: '2026-04-02T09:00:00.000Z',
    });
  });

  it('knows the last touch of a contact that comes back from the trash', async () => {
    const contact = await on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-01-02' });
    const touch = await on.make('Interaction', { contactIds: [contact], channel: 'call' });
    await on.face.remove('Contact', contact);
    await on.face.remove('Interaction', touch);
    await on.face.act({ type: 'Contact', id: contact, noun: 'restoration', verb: 'restoreContact' });
    expect((await on.face.one('Contact', contact)).data).toMatchObject({ lastTouchAt: null });
    await on.events();
    expect(await on.at('2026-03-02T10:00:00.000Z')).toEqual(['reminder.due']);
  });

  it('goes with the contact of a parked recruiter, and comes back with it', async () => {
    const recruiter = await parked();
    const contact = await contactOf(recruiter);
    await on.events();
    await on.face.remove('Contact', contact);
    // Of the reminder to check back, and of the day on which it would be missed.
    expect(await on.events()).toEqual(['reminder.deleted', 'reminder.deleted', 'contact.deleted']);
    expect(await on.about(recruiter)).toEqual([]);
    await on.face.act({ type: 'Contact', id: contact, noun: 'restoration', verb: 'restoreContact' });
    expect(await on.about(recruiter)).toMatchObject([{ state: 'active', dueAt: '2026-04-02T09:00:00.000Z' }]);
  });
});

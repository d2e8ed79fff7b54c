import { RingsService } from '../../../../src/features/reminders/ringing/rings.service.js';
import { TestProgram } from '../../../harness/program.js';
import { WrappingUp, wrapUps } from './wrapping-up.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(wrapUps)('a follow-up of a wrap-up over %s', (_, wrap) => {
  let on: WrappingUp;
  let program: TestProgram;

  beforeAll(async () => {
    program = await shared.asAnother();
    on = new WrappingUp(program, wrap);
  });
  beforeEach(() => on.clear());

  it('rings in the waking hours of the account, and its answer is a touch', async () => {
    await program.ask('patch', '/v1/account', { body: { quietFrom: '20:00', quietUntil: '08:00' } });
    program.clock.set('2026-03-02T23:00:00.000Z');
    const { people } = await on.wrapUp({ people: [{ name: 'Ada', tier: 'close' }] });
    const id = people[0]?.contactId;
    expect(people).toMatchObject([{ followUpAt: '2026-03-03T23:00:00.000Z' }]);
    program.clock.set('2026-03-04T07:59:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(0);
    program.clock.set('2026-03-04T08:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    const { data } = await on.get('/v1/reminders?filter[kind][eq]=follow_up');
    await program.events();
    await program.ask('post', `/v1/reminders/${data[0].id}/completion`, { body: { note: 'Wrote to her' } });
    expect(await program.events()).toEqual([
      ...['reminder.completed', 'interaction.logged', 'contact.updated', 'reminder.updated'],
    ]);
    expect(await on.get(`/v1/contacts/${id}`)).toMatchObject({ lastTouchAt: '2026-03-04T08:00:00.000Z' });
    await program.ask('patch', '/v1/account', { body: { quietFrom: null, quietUntil: null } });
  });

  it('goes with the contact and comes back with it, unless it was answered', async () => {
    const { people } = await on.wrapUp({ people: [{ name: 'Ada' }, { name: 'Eve' }] });
    const [ada, eve] = people.map(({ contactId }) => contactId);
    const remindersOf = async (id?: string) =>
      (await on.get(`/v1/reminders?filter[subjectId][eq]=${id}&filter[state][eq]=active`)).data;
    const [followUp] = await remindersOf(eve);
    await program.ask('post', `/v1/reminders/${followUp.id}/dismissal`);
    for (const id of [ada, eve]) await program.ask('delete', `/v1/contacts/${id}`);
    expect([await remindersOf(ada), await remindersOf(eve)]).toEqual([[], []]);
    for (const id of [ada, eve]) await program.ask('post', `/v1/contacts/${id}/restoration`);
    expect(await remindersOf(ada)).toMatchObject([{ kind: 'follow_up', dueAt: '2026-03-03T10:00:00.000Z' }]);
    expect(await remindersOf(eve)).toEqual([]);
  });

  it.each(['completion', 'dismissal'])('a %s answers for every encounter before it', async (noun) => {
    const first = await on.wrapUp({ people: [{ name: 'Ada', emails: ['ada@example.org'] }] });
    const { encounterId } = await on.wrapUp({ people: [{ emails: ['ada@example.org'] }] });
    const id = first.people[0]?.contactId;
    const followUps = async () =>
      (await on.get('/v1/reminders?filter[kind][eq]=follow_up&filter[state][eq]=active')).data as { id: string }[];
    const [followUp, ...more] = await followUps();
    expect(more).toEqual([]);
    await program.ask('post', `/v1/reminders/${followUp?.id}/${noun}`);
    await program.ask('delete', `/v1/encounters/${encounterId}`);
    await program.ask('delete', `/v1/contacts/${id}`);
    await program.ask('post', `/v1/contacts/${id}/restoration`);
    expect(await followUps()).toEqual([]);
  });

  it('reminds of nobody who does not want to be contacted', async () => {
    const ada = await on.make('/v1/contacts', { name: 'Ada', doNotContact: true });
    const bea = await on.make('/v1/contacts', { name: 'Bea', archived: true });
    const { people } = await on.wrapUp({ people: [{ contactId: ada }, { contactId: bea }, { name: 'Eve' }] });
    expect(people.map(({ followUpAt }) => followUpAt)).toEqual([null, null, '2026-03-03T10:00:00.000Z']);
  });

  it.each(['archived', 'doNotContact'])('goes while a contact is %s, and follows its name', async (flag) => {
    const { people } = await on.wrapUp({ people: [{ name: 'Ada' }] });
    const path = `/v1/contacts/${people[0]?.contactId}`;
    const followUps = async () => (await on.get('/v1/reminders?filter[kind][eq]=follow_up')).data;
    await program.events();
    await program.ask('patch', path, { body: { [flag]: true } });
    expect(await program.events()).toEqual(['contact.updated', 'reminder.deleted']);
    expect(await followUps()).toEqual([]);
    await program.ask('patch', path, { body: { name: 'Ada King' } });
    expect(await followUps()).toEqual([]);
    await program.ask('patch', path, { body: { [flag]: false } });
    expect(await program.events()).toEqual(['contact.updated', 'contact.updated', 'reminder.created']);
    await program.ask('patch', path, { body: { name: 'Ada Lovelace' } });
    expect(await program.events()).toEqual(['contact.updated', 'reminder.updated']);
    expect(await followUps()).toMatchObject([
      { title: expect.stringContaining('Ada Lovelace'), dueAt: '2026-03-03T10:00:00.000Z', state: 'active' },
    ]);
  });
});

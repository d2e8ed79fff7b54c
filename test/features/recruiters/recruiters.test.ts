import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('recruiters over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-06-30T10:00:00.000Z');
    await program.events();
  });

  const make = async () =>
    (
      await face.create('Recruiter', {
        contact: { name: 'Rita Recruiter', emails: ['rita@agency.example'] },
        agency: 'Agency',
      })
    ).data;
  const park = (id: unknown, input?: Record<string, unknown>) =>
    face.act({
      type: 'Recruiter',
      id: String(id),
      noun: 'parking',
      verb: 'parkRecruiter',
      ...(input ? { input } : {}),
    });

  it('is made with its contact in one step', async () => {
    const recruiter = await make();
    expect(recruiter).toMatchObject({ agency: 'Agency', kind: 'agency', status: 'new', parkedUntil: null });
    expect((await face.one('Contact', String(recruiter.contactId))).data).toMatchObject({
      name: 'Rita Recruiter',
      relation: 'recruiter',
    });
    expect(await program.events()).toEqual(['contact.created', 'recruiter.created']);
  });

  it('is made for a contact that is there, once', async () => {
    const contact = (await face.create('Contact', { name: 'Known' })).data;
    expect((await face.create('Recruiter', { contactId: contact.id })).data).toMatchObject({ contactId: contact.id });
    expect((await face.create('Recruiter', { contactId: contact.id })).code).toBe('already_exists');
    expect(await program.events()).toEqual(['contact.created', 'recruiter.created']);
  });

  it('is parked for eight calendar months, and the bell rings when that day starts', async () => {
    const { id } = await make();
    const parked = await park(id);
    expect(parked.data).toMatchObject({ status: 'parked', parkedUntil: '2027-02-28T09:00:00.000Z' });
    program.clock.set('2027-02-28T08:59:59.999Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(0);
    program.clock.set('2027-02-28T09:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    expect((await face.page('Occurrence', { filter: { state: { eq: 'open' } } })).rows).toMatchObject([
      {
        kind: 'check_back',
        subjectType: 'recruiter',
        subjectId: id,
        title: 'Check back with Rita Recruiter',
        snapshot: { agency: 'Agency' },
      },
    ]);
    expect(await program.events()).toEqual([
      ...['contact.created', 'recruiter.created'],
      ...['recruiter.check_back_made', 'recruiter.updated', 'reminder.created', 'reminder.created'],
      'reminder.due',
    ]);
  });

  it('can be parked anew, which moves the one reminder', async () => {
    const { id } = await make();
    await park(id);
    expect((await park(id, { for: 'P1Y' })).data).toMatchObject({ parkedUntil: '2027-06-30T09:00:00.000Z' });
    await program.events();
    await face.update('Recruiter', String(id), { agency: 'Another agency', status: 'parked' });
    expect(await program.events()).toEqual(['recruiter.updated']);
    expect((await face.page('Reminder', { filter: { kind: { eq: 'check_back' } } })).rows).toMatchObject([
      { dueAt: '2027-06-30T09:00:00.000Z' },
    ]);
    await face.update('Recruiter', String(id), { status: 'engaged' });
    expect((await face.page('Reminder')).rows).toEqual([]);
    expect((await face.one('Recruiter', String(id))).data).toMatchObject({ status: 'engaged', parkedUntil: null });
  });

  it('is deleted with its check-back, and nothing rings for it', async () => {
    const { id } = await make();
    await park(id);
    await program.events();
    expect((await face.remove('Recruiter', String(id))).code).toBeNull();
    expect((await face.page('Reminder')).rows).toEqual([]);
    program.clock.set('2027-03-01T09:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(0);
    expect(await program.events()).toEqual([
      ...['recruiter.check_back_waived', 'reminder.deleted', 'reminder.deleted', 'recruiter.deleted'],
    ]);
  });

  it('refuses what it cannot mean, and writes nothing', async () => {
    expect((await face.create('Recruiter', {})).errors).toMatchObject([{ pointer: '/contactId', code: 'oneOf' }]);
    const nobody = '01890000-0000-7000-8000-000000000000';
    expect((await face.create('Recruiter', { contactId: nobody })).code).toBe('unknown_reference');
    expect(await program.events()).toEqual([]);
    const { id } = await make();
    await program.events();
    expect((await park(id, { for: 'soon' })).errors).toMatchObject([{ pointer: '/for' }]);
    expect((await face.update('Recruiter', String(id), { status: 'parked' })).errors).toMatchObject([
      { pointer: '/status', code: 'useParking' },
    ]);
    expect((await park(nobody)).code).toBe('not_found');
    expect(await program.events()).toEqual([]);
  });

  it("another account's contact cannot become a recruiter, and nobody else's recruiter can be parked", async () => {
    const { id, contactId } = await make();
    const stranger = face.as(await program.anotherAccount());
    expect((await stranger.create('Recruiter', { contactId })).code).toBe('unknown_reference');
    expect(
      (await stranger.act({ type: 'Recruiter', id: String(id), noun: 'parking', verb: 'parkRecruiter' })).code,
    ).toBe('not_found');
  });
});

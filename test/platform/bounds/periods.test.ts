import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

describe.each(faces)('periods over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  let contact: string;
  let recruiter: string;
  let reminder: string;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf(name, program);
    contact = String((await face.create('Contact', { name: 'Ada' })).data.id);
    recruiter = String((await face.create('Recruiter', { kind: 'agency', contactId: contact })).data.id);
    reminder = String((await face.create('Reminder', { title: 'Ask', dueAt: '2027-01-01T09:00:00Z' })).data.id);
    await program.events();
  });
  afterAll(() => program.stop());

  const park = (period: string) =>
    face.act({ type: 'Recruiter', id: recruiter, noun: 'parking', verb: 'parkRecruiter', input: { for: period } });
  const snooze = (period: string) =>
    face.act({ type: 'Reminder', id: reminder, noun: 'snooze', verb: 'snoozeReminder', input: { for: period } });
  const change = (input: object) => face.update('Reminder', reminder, input as Record<string, unknown>);

  it.each([
    ['keepInTouchEvery', 'P20Y', () => face.update('Contact', contact, { keepInTouchEvery: 'P75Y' })],
    ['keepInTouchEvery', 'P20Y', () => face.create('Contact', { name: 'Bob', keepInTouchEvery: 'P20Y1D' })],
    ['for', 'P20Y', () => park('P90Y')],
    ['for', 'P20Y', () => snooze('P21Y')],
    ['every', 'P20Y', () => change({ every: 'P1201M' })],
    ['overdueAfter', 'P20Y', () => change({ overdueAfter: 'P7305D' })],
    ['leads', 'P1Y', () => change({ leads: ['P1D', 'P13M'] })],
  ])('%s is at most %s long, and the refusal says so', async (field, longest, ask) => {
    const { code, errors, message } = await ask();
    expect([code, errors.map(({ pointer }) => pointer)]).toEqual(['invalid_input', [`/${field}`]]);
    expect(message).toContain(`${field} must be a`);
    expect(message).toContain(`at most ${longest}`);
    expect(await program.events()).toEqual([]);
  });

  it('takes the longest', async () => {
    expect((await face.update('Contact', contact, { keepInTouchEvery: 'P20Y' })).code).toBeNull();
    expect((await park('P240M')).code).toBeNull();
    expect((await change({ leads: ['P1Y'], overdueAfter: 'P20Y', every: 'P7304D' })).code).toBeNull();
    await program.events();
  });

  it.each([
    [{ keepInTouchEvery: 'P1Y' }, '/keepInTouchEvery'],
    [{ tier: 'inner' }, '/tier'],
  ])('counts from no meeting beyond the supported years: %j', async (cadence, pointer) => {
    const { code, errors, message } = await face.create('Contact', { name: 'Eve', metOn: '2100-12-31', ...cadence });
    expect([code, errors[0]?.pointer]).toEqual(['invalid_input', pointer]);
    expect(message).toContain('an earlier metOn');
    expect(await program.events()).toEqual([]);
  });

  it('follows an account to another zone with what is due at the end of the supported years', async () => {
    const last = { title: 'Last', dueAt: '2100-12-31T23:59:59.999Z' };
    expect((await face.create('Reminder', last)).code).toBeNull();
    expect((await face.create('Reminder', { title: 'Day', dueOn: '2100-12-31' })).code).toBeNull();
    const moved = await program.ask('patch', '/v1/account', { body: { timeZone: 'Pacific/Kiritimati' } });
    expect(moved.status).toBe(200);
    expect((await program.ask('patch', '/v1/account', { body: { dayStartsAt: '23:59' } })).status).toBe(200);
    await program.ask('patch', '/v1/account', { body: { timeZone: 'UTC', dayStartsAt: '09:00' } });
  });

  it('answers 422 where the body is wrong, and 400 where the address is', async () => {
    const body = await program.ask('post', '/v1/contacts', { body: { name: 'Eve', keepInTouchEvery: 'P75Y' } });
    expect([body.status, body.body.status, body.body.code]).toEqual([422, 422, 'invalid_input']);
    const address = await program.ask('get', '/v1/contacts?first=0');
    expect([address.status, address.body.code]).toEqual([400, 'invalid_input']);
  });
});

import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { receive } from './messages/receive.js';
import { Expecting } from './promises/expecting.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Parked on 2026-06-30 until 2027-02-28: kept from 2027-01-29 to 2027-04-29. */
describe.each(faces)('a message of a parked recruiter, over %s', (name) => {
  let on: Expecting;

  beforeAll(async () => {
    on = await Expecting.over(name, shared);
  });
  beforeEach(() => on.begin());

  const write = (messageId: string, from = 'rita@agency.example') =>
    receive({ program: on.program, face: name }, { from, subject: 'A job', text: 'Hello', messageId });

  it('in time keeps what was expected, once', async () => {
    const { id } = await on.parked('Rita', {}, 'rita@agency.example');
    await on.at('2027-02-10T10:00:00.000Z');
    expect((await write('1@x')).code).toBeNull();
    expect(await on.program.events()).toEqual([
      'recruiter.message_received',
      'recruiter.check_back_kept',
      'reminder.deleted',
      'reminder.deleted',
      'recruiter.updated',
    ]);
    expect(await on.checkBacks(id)).toMatchObject([
      { state: 'kept', returnedOn: '2027-02-10', returnedBy: 'recruiter', evidence: 'They wrote an e-mail.' },
    ]);
    expect(await on.status(id)).toEqual(['new', null]);
    await write('1@x');
    await write('2@x');
    expect(await on.program.events()).toEqual(['recruiter.message_received']);
  });

  it('too early leaves them parked, and a colleague keeps it later', async () => {
    const { id } = await on.parked('Rita', {}, 'rita@agency.example');
    const colleague = await on.recruiter('Carl', 'carl@agency.example');
    await on.program.events();
    await on.at('2026-09-01T10:00:00.000Z');
    await write('3@x');
    expect(await on.program.events()).toEqual(['recruiter.message_received', 'recruiter.check_back_early']);
    expect(await on.status(id)).toEqual(['parked', '2027-02-28T09:00:00.000Z']);
    await on.at('2027-03-01T10:00:00.000Z');
    await on.program.events();
    await write('4@x', 'carl@agency.example');
    expect(await on.checkBacks(id)).toMatchObject([{ state: 'kept', returnedBy: 'colleague' }]);
    expect(await on.status(id)).toEqual(['answered', null]);
    expect(await on.checkBacks(colleague)).toEqual([]);
  });

  it('of a stranger, or of a contact who is no recruiter, settles nothing', async () => {
    const { id } = await on.parked('Rita', {}, 'rita@agency.example');
    await on.face.create('Contact', { name: 'Ada', emails: ['ada@agency.example'] });
    await on.at('2027-02-10T10:00:00.000Z');
    await on.program.events();
    await write('5@x', 'ada@agency.example');
    await write('6@x', 'nobody@example.org');
    expect(await on.program.events()).toEqual(['message.received', 'message.received']);
    expect(await on.states(id)).toEqual(['open']);
  });
});

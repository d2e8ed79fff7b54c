import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Expecting } from './expecting.js';

type Body = Record<string, unknown>;

const KEPT = ['recruiter.check_back_kept', 'reminder.deleted', 'reminder.deleted', 'recruiter.updated'];
const PARKED = ['parked', '2027-02-28T09:00:00.000Z'];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Parked on 2026-06-30 until 2027-02-28: kept from 2027-01-29 to 2027-04-29. */
describe.each(faces)('a recruiter who comes back, over %s', (name) => {
  let on: Expecting;

  beforeAll(async () => {
    on = await Expecting.over(name, shared);
  });
  beforeEach(() => on.begin());

  const reliability = async (id: string): Promise<unknown> => {
    if (name === 'rest') {
      const { body } = await on.program.ask('get', `/v1/recruiters/${id}?include=reliability,checkBackCounts`);
      return [body.reliability, body.checkBackCounts];
    }
    const query = `{ recruiter(id: "${id}") { reliability checkBackCounts { kept early missed open waived } } }`;
    const { reliability: is, checkBackCounts } = (await on.program.graphql(query)).body.data.recruiter;
    return [is, checkBackCounts];
  };
  const counts = (some: Body): Body => ({ kept: 0, early: 0, missed: 0, open: 0, waived: 0, ...some });

  it.each(['2027-01-29', '2027-02-28', '2027-04-29'])('on %s has kept it', async (day) => {
    const { id } = await on.parked();
    await on.at('2027-04-29T23:00:00.000Z');
    expect((await on.comeBack(id, { on: day, evidence: 'On LinkedIn' })).data).toMatchObject({
      ...{ id, status: 'new', parkedUntil: null },
    });
    expect(await on.program.events()).toEqual(KEPT);
    expect(await on.checkBacks(id)).toMatchObject([
      {
        ...{ state: 'kept', returnedOn: day, returnedBy: 'recruiter', evidence: 'On LinkedIn' },
        settledAt: '2027-04-29T23:00:00.000Z',
      },
    ]);
    expect(await on.reminders()).toEqual([]);
    expect(await on.at('2027-06-01T10:00:00.000Z')).toEqual([]);
    expect(await reliability(id)).toEqual([0.667, counts({ kept: 1 })]);
  });

  it('too early is still expected, which is told once, and can keep it later', async () => {
    const { id } = await on.parked();
    await on.at('2027-01-28T10:00:00.000Z');
    expect((await on.comeBack(id)).data).toMatchObject({ status: 'parked' });
    expect(await on.program.events()).toEqual(['recruiter.check_back_early']);
    expect(await on.checkBacks(id)).toMatchObject([
      { state: 'early', returnedOn: '2027-01-28', settledAt: null, evidence: 'You noted that they came back.' },
    ]);
    expect((await on.comeBack(id, { on: '2026-06-30' })).code).toBeNull();
    expect(await on.program.events()).toEqual([]);
    expect(await on.reminders()).toEqual(['check_back 2027-02-28', 'check_back_ends 2027-04-30']);
    expect(await reliability(id)).toEqual([0.5, counts({ early: 1 })]);
    await on.at('2027-01-29T10:00:00.000Z');
    await on.comeBack(id);
    expect(await on.program.events()).toEqual(KEPT);
    expect(await on.states(id)).toEqual(['kept']);
  });

  it.each(['open', 'early'])('not, has missed it when the 61st day starts, if it was %s', async (state) => {
    const { id } = await on.parked();
    if (state === 'early') await on.comeBack(id);
    await on.at('2027-04-30T08:59:59.999Z');
    expect(await on.states(id)).toEqual([state]);
    expect(await on.at('2027-04-30T09:00:00.000Z')).toEqual(['recruiter.check_back_missed', 'reminder.deleted']);
    expect(await on.checkBacks(id)).toMatchObject([
      {
        ...{ state: 'missed', settledAt: '2027-04-30T09:00:00.000Z' },
        evidence: 'They were expected about 2027-02-28, and did not come back in time.',
      },
    ]);
    expect(await on.status(id)).toEqual(PARKED);
    expect(await on.at('2027-12-01T10:00:00.000Z')).toEqual([]);
    expect(await reliability(id)).toEqual([0.333, counts({ missed: 1 })]);
  });

  it('not, has missed it at the start of the day of the account, wherever it moves', async () => {
    const { id } = await on.parked();
    await on.program.ask('patch', '/v1/account', { body: { timeZone: 'America/New_York', dayStartsAt: '07:00' } });
    await on.at('2027-04-30T10:59:59.999Z');
    expect(await on.states(id)).toEqual(['open']);
    expect(await on.at('2027-04-30T11:00:00.000Z')).toContain('recruiter.check_back_missed');
  });

  it('is noted later, on a day in time, and has kept what was missed', async () => {
    const { id, checkBack } = await on.parked();
    await on.at('2027-05-10T10:00:00.000Z');
    expect((await on.comeBack(id, { on: '2027-04-30' })).errors).toMatchObject([
      { pointer: '/on', code: 'notExpected' },
    ]);
    await on.comeBack(id, { on: '2026-12-01' });
    expect(await on.program.events()).toEqual([]);
    await on.comeBack(id, { on: '2027-04-29' });
    expect(await on.program.events()).toEqual(['recruiter.check_back_kept', 'recruiter.updated']);
    expect(await on.status(id)).toEqual(['new', null]);
    await on.reverse(checkBack);
    expect(await on.program.events()).toEqual(['recruiter.check_back_reversed', 'recruiter.updated']);
    expect(await on.checkBacks(id)).toMatchObject([
      { state: 'missed', returnedOn: null, settledAt: '2027-05-10T10:00:00.000Z' },
    ]);
    expect(await on.status(id)).toEqual(PARKED);
    expect(await on.reminders()).toEqual([]);
  });

  it('by mistake is taken back: it stands again, and our own reminder too', async () => {
    const { id, checkBack } = await on.parked();
    await on.comeBack(id);
    await on.at('2027-02-01T10:00:00.000Z');
    await on.comeBack(id);
    await on.program.events();
    expect((await on.reverse(checkBack)).data).toMatchObject({
      state: 'early',
      returnedOn: '2026-06-30',
      settledAt: null,
    });
    expect(await on.program.events()).toEqual([
      ...['recruiter.check_back_reversed', 'recruiter.updated', 'reminder.created', 'reminder.created'],
    ]);
    expect(await on.status(id)).toEqual(PARKED);
    expect((await on.reverse(checkBack)).data).toMatchObject({ state: 'open', returnedOn: null, evidence: null });
    expect(await on.program.events()).toEqual(['recruiter.check_back_reversed']);
    expect((await on.reverse(checkBack)).code).toBe('conflict');
    expect(await on.at('2027-02-28T09:00:00.000Z')).toEqual(['reminder.due']);
    expect(await on.at('2027-04-30T09:00:00.000Z')).toContain('recruiter.check_back_missed');
    expect((await on.reverse(checkBack)).code).toBe('conflict');
  });

  it.each([
    ['parked again', async (id: string) => on.park(id), ['parked', '2027-10-01T09:00:00.000Z']],
    ['engaged', async (id: string) => on.face.update('Recruiter', id, { status: 'engaged' }), ['engaged', null]],
  ])('and was %s since, is waived when it is taken back', async (_, change, status) => {
    const { id, checkBack } = await on.parked();
    await on.at('2027-02-01T10:00:00.000Z');
    await on.comeBack(id);
    await change(id);
    await on.program.events();
    expect((await on.reverse(checkBack)).data).toMatchObject({ state: 'waived', returnedOn: null });
    expect(await on.program.events()).toEqual(['recruiter.check_back_reversed']);
    expect(await on.status(id)).toEqual(status);
  });

  it('has kept it for colleagues at the firm too, who wait for no answer; nobody is named', async () => {
    const rita = await on.parked('Rita', undefined, 'rita@Agency.example');
    const quin = await on.parked('Quin', undefined, 'quin@gmail.com', 'quin@agency.example');
    const else_ = await on.parked('Else', undefined, 'else@other.example');
    await on.at('2027-02-01T10:00:00.000Z');
    await on.comeBack(rita.id, { evidence: 'Rita called' });
    expect(await on.program.events()).toEqual([...KEPT, ...KEPT]);
    expect(await on.checkBacks(quin.id)).toMatchObject([
      { state: 'kept', returnedBy: 'colleague', evidence: 'A colleague at agency.example came back.' },
    ]);
    expect(await on.status(rita.id)).toEqual(['new', null]);
    expect(await on.status(quin.id)).toEqual(['answered', null]);
    expect(await on.states(else_.id)).toEqual(['open']);
    expect((await on.reverse(quin.checkBack)).data).toMatchObject({ state: 'open' });
    expect(await on.states(rita.id)).toEqual(['kept']);
  });

  it('is no colleague of whoever has an address of the same provider', async () => {
    for (const provider of ['gmail.com', 'gmx.de', 'yahoo.co.uk', 'tuta.io']) {
      const rita = await on.parked('Rita', undefined, `rita@${provider}`);
      const quin = await on.parked('Quin', undefined, `quin@${provider}`);
      await on.comeBack(rita.id);
      expect([provider, await on.states(rita.id), await on.states(quin.id)]).toEqual([provider, ['early'], ['open']]);
    }
  });

  it('without being parked, settles what colleagues are expected for', async () => {
    const quin = await on.parked('Quin', undefined, 'quin@agency.example');
    const rita = await on.recruiter('Rita', 'rita@agency.example');
    await on.program.events();
    expect((await on.comeBack(rita)).code).toBeNull();
    expect(await on.program.events()).toEqual(['recruiter.check_back_early']);
    expect(await on.states(quin.id)).toEqual(['early']);
  });

  it('is refused where nobody was expected, or ahead, and writes nothing', async () => {
    const { id, checkBack } = await on.parked();
    const none = await on.recruiter('Nobody');
    await on.program.events();
    const refused = [
      [id, { on: '2026-07-01' }, 'inFuture'],
      [id, { on: '2026-06-29' }, 'notExpected'],
      [id, { on: '2026-02-30' }, 'isLocalDate'],
      [none, {}, 'notExpected'],
    ] as const;
    for (const [who, input, code] of refused)
      expect((await on.comeBack(who, input)).errors).toMatchObject([{ pointer: '/on', code }]);
    expect((await on.comeBack(id, { evidence: 'x'.repeat(501) })).errors).toMatchObject([{ pointer: '/evidence' }]);
    const nobody = '01890000-0000-7000-8000-000000000000';
    expect((await on.comeBack(nobody)).code).toBe('not_found');
    expect((await on.reverse(nobody)).code).toBe('not_found');
    expect((await on.reverse(checkBack)).code).toBe('conflict');
    const stranger = on.face.as(await on.program.anotherAccount());
    const act = { type: 'Recruiter', id, noun: 'return', verb: 'logReturn', input: {} };
    expect((await stranger.act(act)).code).toBe('not_found');
    expect(await on.program.events()).toEqual([]);
  });
});

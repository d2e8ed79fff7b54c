import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';
import { Expecting } from './expecting.js';

type Body = Record<string, unknown>;

const MADE = ['recruiter.check_back_made', 'recruiter.updated', 'reminder.created', 'reminder.created'];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('check-backs over %s', (name) => {
  let on: Expecting;

  beforeAll(async () => {
    on = await Expecting.over(name, shared);
  });
  beforeEach(() => on.begin());

  it('are made by parking, for a day so many calendar months later', async () => {
    const id = await on.recruiter('Rita');
    await on.program.events();
    expect((await on.park(id)).data).toMatchObject({ status: 'parked', parkedUntil: '2027-02-28T09:00:00.000Z' });
    expect(await on.program.events()).toEqual(MADE);
    const [checkBack] = await on.checkBacks(id);
    expect(checkBack).toMatchObject({
      ...{ recruiterId: id, madeOn: '2026-06-30', dueOn: '2027-02-28', state: 'open', version: 1 },
      ...{ returnedOn: null, returnedBy: null, settledAt: null, evidence: null },
    });
    expect((await on.face.one('CheckBack', String(checkBack?.id))).data).toEqual(checkBack);
    expect(await on.reminders()).toEqual(['check_back 2027-02-28', 'check_back_ends 2027-04-30']);
  });

  it('count months from the local day of the account, and end of February in a leap year', async () => {
    await on.program.ask('patch', '/v1/account', { body: { timeZone: 'Pacific/Auckland' } });
    on.program.clock.set('2027-06-29T23:00:00.000Z');
    const id = await on.recruiter('Rita');
    expect((await on.park(id)).data).toMatchObject({ parkedUntil: '2028-02-28T20:00:00.000Z' });
    expect(await on.checkBacks(id)).toMatchObject([{ madeOn: '2027-06-30', dueOn: '2028-02-29' }]);
    expect((await on.park(id, { for: 'P1D' })).data).toMatchObject({ parkedUntil: '2027-06-30T21:00:00.000Z' });
  });

  it('tell exactly what the API shows', async () => {
    const { id, checkBack } = await on.parked();
    const { rows } = await on.program.pool.query(
      `select data, subject_type, subject_id from events where type = 'recruiter.check_back_made' and subject_id = $1`,
      [checkBack],
    );
    expect(rows).toEqual([
      {
        subject_type: 'checkBack',
        subject_id: checkBack,
        data: (await on.program.ask('get', `/v1/checkBacks/${checkBack}`)).body,
      },
    ]);
    expect(rows[0].data).toMatchObject({ recruiterId: id, state: 'open' });
  });

  it('are waived by parking again, in the same transaction, and one stands', async () => {
    const { id } = await on.parked();
    on.program.clock.set('2026-07-10T10:00:00.000Z');
    expect((await on.park(id, { for: 'P1Y' })).data).toMatchObject({ parkedUntil: '2027-07-10T09:00:00.000Z' });
    expect(await on.program.events()).toEqual([
      ...['recruiter.check_back_waived', 'reminder.deleted', 'recruiter.check_back_made', 'recruiter.updated'],
      ...['reminder.updated', 'reminder.created'],
    ]);
    expect(await on.checkBacks(id)).toMatchObject([
      { state: 'waived', settledAt: '2026-07-10T10:00:00.000Z', evidence: 'They were parked again.' },
      { state: 'open', madeOn: '2026-07-10', dueOn: '2027-07-10' },
    ]);
    expect(await on.reminders()).toEqual(['check_back 2027-07-10', 'check_back_ends 2027-09-09']);
  });

  it.each([
    ['an edit that leaves parking', { status: 'engaged' }, 'Their status became engaged.'],
    ['muting', { status: 'muted' }, 'Their status became muted.'],
  ])('are waived by %s', async (_, input, evidence) => {
    const { id } = await on.parked();
    await on.face.update('Recruiter', id, input);
    expect(await on.program.events()).toEqual([
      ...['recruiter.check_back_waived', 'reminder.deleted', 'reminder.deleted', 'recruiter.updated'],
    ]);
    expect(await on.checkBacks(id)).toMatchObject([{ state: 'waived', evidence }]);
    expect(await on.status(id)).toEqual([input.status, null]);
    expect(await on.reminders()).toEqual([]);
  });

  it('stay when an edit leaves the recruiter parked', async () => {
    const { id } = await on.parked();
    await on.face.update('Recruiter', id, { agency: 'Another', status: 'parked' });
    expect(await on.program.events()).toEqual(['recruiter.updated']);
    expect(await on.states(id)).toEqual(['open']);
  });

  it('are waived when the recruiter is deleted, and go with it', async () => {
    const { id, checkBack } = await on.parked();
    await on.face.remove('Recruiter', id);
    expect(await on.program.events()).toEqual([
      ...['recruiter.check_back_waived', 'reminder.deleted', 'reminder.deleted', 'recruiter.deleted'],
    ]);
    expect((await on.face.one('CheckBack', checkBack)).code).toBe('not_found');
    expect(await on.at('2027-06-01T10:00:00.000Z')).toEqual([]);
  });

  it('stand while the contact is in the trash, without a reminder, and nothing ends them', async () => {
    const { id } = await on.parked();
    const { contactId } = (await on.face.one('Recruiter', id)).data;
    await on.at('2027-04-20T10:00:00.000Z');
    await on.face.remove('Contact', String(contactId));
    expect(await on.program.events()).toEqual(['reminder.deleted', 'reminder.deleted', 'contact.deleted']);
    expect(await on.at('2027-05-01T10:00:00.000Z')).toEqual([]);
    expect(await on.states(id)).toEqual(['open']);
    await on.face.act({ type: 'Contact', id: String(contactId), noun: 'restoration', verb: 'restoreContact' });
    await on.work();
    expect(await on.states(id)).toEqual(['missed']);
  });

  it('are filtered by recruiter, state and day, and sorted by day', async () => {
    const rita = await on.parked('Rita', { for: 'P2M' });
    const quin = await on.parked('Quin', { for: 'P1M' });
    await on.park(quin.id, { for: 'P3M' });
    const days = async (filter: Body, sort = 'dueOn') =>
      (await on.face.page('CheckBack', { filter, sort })).rows.map((row) => row.dueOn);
    expect(await days({})).toEqual(['2026-07-30', '2026-08-30', '2026-09-30']);
    expect(await days({}, '-dueOn')).toEqual(['2026-09-30', '2026-08-30', '2026-07-30']);
    expect(await days({ recruiterId: { eq: rita.id } })).toEqual(['2026-08-30']);
    expect(await days({ state: { eq: 'waived' } })).toEqual(['2026-07-30']);
    expect(await days({ state: { in: ['open', 'early'] }, dueOn: { gt: '2026-08-30' } })).toEqual(['2026-09-30']);
    const stranger = on.face.as(await on.program.anotherAccount());
    expect((await stranger.page('CheckBack')).rows).toEqual([]);
    expect((await stranger.one('CheckBack', rita.checkBack)).code).toBe('not_found');
  });

  it('are 1,000 of one recruiter at most', async () => {
    const { id } = await on.parked();
    await on.program.pool.query(
      `insert into check_backs (account_id, id, created_at, updated_at, recruiter_id, made_on, due_on, state, settled_at)
       select account_id, new_id(), now(), now(), id, '2020-01-01', '2020-01-02', 'waived', now() from recruiters, generate_series(1, 999) where id = $1`,
      [id],
    );
    expect((await on.park(id)).code).toBe('conflict');
    expect(await on.program.events()).toEqual([]);
    expect(await on.status(id)).toEqual(['parked', '2027-02-28T09:00:00.000Z']);
  });
});

describe('check-backs', () => {
  it('reliability and counts of a page of recruiters are read in one statement', async () => {
    const on = await Expecting.over('rest', shared);
    await on.begin();
    for (const [name, months] of [
      ['Rita', 1],
      ['Quin', 2],
    ] as const)
      await on.parked(name, { for: `P${months}M` });
    const query = `{ recruiters(sort: {field: parkedUntil}) { nodes { reliability checkBackCounts { open kept }
      checkBacks(first: 1) { nodes { dueOn recruiter { contact { name } } } } } } }`;
    const ask = () => on.program.graphql(query);
    await ask();
    const { result, statements } = await countStatements(ask);
    expect(result.body.data.recruiters.nodes).toEqual(
      [
        ['Rita', '2026-07-30'],
        ['Quin', '2026-08-30'],
      ].map(([name, dueOn]) => ({
        reliability: 0.5,
        checkBackCounts: { open: 1, kept: 0 },
        checkBacks: { nodes: [{ dueOn, recruiter: { contact: { name } } }] },
      })),
    );
    expect(statements).toHaveLength(1);
    const rest = await countStatements(() => on.program.ask('get', '/v1/recruiters?include=checkBacks,reliability'));
    expect(rest.result.body.data).toHaveLength(2);
    expect(rest.statements).toHaveLength(1);
    const plain = await countStatements(() => on.program.ask('get', '/v1/recruiters'));
    expect(plain.statements.filter((text) => text.includes('check_backs'))).toEqual([]);
  });
});

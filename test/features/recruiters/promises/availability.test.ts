import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Expecting } from './expecting.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('availability over %s', (name) => {
  let on: Expecting;

  beforeAll(async () => {
    on = await Expecting.over(name, shared);
  });
  beforeEach(() => on.begin());

  /** The settings after a change, or the refusal. */
  const set = async (input: Body): Promise<Body> => {
    if (name === 'rest') return (await on.program.ask('patch', '/v1/account', { body: input })).body as Body;
    const { body } = await on.program.graphql(
      'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { availability openFrom } } }',
      { input },
    );
    return body.errors ? body.errors[0].extensions : body.data.updateAccount.account;
  };
  const until = async (input?: Body): Promise<unknown> =>
    (await on.park(await on.recruiter('Rita'), input)).data.parkedUntil;

  it('is a setting of the account, closed at first', async () => {
    const { body } = await on.program.ask('get', '/v1/account');
    expect(body).toMatchObject({ availability: 'closed', openFrom: null });
    expect(await set({ availability: 'warm', openFrom: '2027-01-04' })).toMatchObject({
      ...{ availability: 'warm', openFrom: '2027-01-04' },
    });
    expect(await on.program.events()).toEqual(['account.updated']);
  });

  it('parks until the day from which the account is open, instead of the usual period', async () => {
    await set({ openFrom: '2027-01-04' });
    expect(await until()).toBe('2027-01-04T09:00:00.000Z');
    expect(await until({ for: 'P1M' })).toBe('2026-07-30T09:00:00.000Z');
    await set({ openFrom: '2026-07-01' });
    expect(await until()).toBe('2026-07-01T09:00:00.000Z');
  });

  it.each([null, '2026-06-30', '2026-01-01'])(
    'parks for the usual period when it is open from %s',
    async (openFrom) => {
      await set({ openFrom });
      expect(await until()).toBe('2027-02-28T09:00:00.000Z');
    },
  );

  it('compares with the local day of the account', async () => {
    await set({ openFrom: '2026-07-01', timeZone: 'Pacific/Auckland' });
    on.program.clock.set('2026-06-30T13:00:00.000Z');
    expect(await until()).toBe('2027-02-28T20:00:00.000Z');
  });

  it('keeps the day of whoever is parked already', async () => {
    const { id } = await on.parked();
    await set({ openFrom: '2027-01-04' });
    expect(await on.status(id)).toEqual(['parked', '2027-02-28T09:00:00.000Z']);
  });

  it('refuses other words, and days that lead beyond the supported years', async () => {
    for (const [input, pointer] of [
      [{ openFrom: '2100-01-01' }, '/openFrom'],
      [{ openFrom: 'soon' }, '/openFrom'],
    ] as const)
      expect((await set(input)).errors).toMatchObject([{ pointer }]);
    expect((await set({ availability: 'sleepy' })).code).not.toBeUndefined();
    expect(await on.program.events()).toEqual([]);
    await set({ openFrom: '2099-12-31' });
    expect(await until()).toBe('2099-12-31T09:00:00.000Z');
  });
});

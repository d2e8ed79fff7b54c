import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Examining } from '../../reminders/examining.js';
import { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;

const UPDATE = `mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) {
  account { innerEvery closeEvery wideEvery dormantEvery } } }`;
const USUAL = { innerEvery: 'P1M', closeEvery: 'P3M', wideEvery: 'P6M', dormantEvery: null };

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('the cadences of the tiers, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(async () => {
    await on.clear();
    await on.settings(USUAL);
    await on.events();
  });

  const settle = async (input: Body): Promise<{ code: string | null; pointers: string[]; account: Body }> => {
    const { body } = await (name === 'rest'
      ? on.program.ask('patch', '/v1/account', { body: input })
      : on.program.graphql(UPDATE, { input }));
    const problem = name === 'rest' ? (body.code === undefined ? null : body) : (body.errors?.[0].extensions ?? null);
    const pointers = ((problem?.errors ?? []) as { pointer: string }[]).map(({ pointer }) => pointer);
    return {
      code: problem ? String(problem.code) : null,
      pointers,
      account: problem ? {} : name === 'rest' ? body : body.data.updateAccount.account,
    };
  };
  const person = (called: string, input: Body): Promise<string> =>
    on.make('Contact', { name: called, metOn: '2026-02-20', ...input });
  const next = async (id: string): Promise<unknown> => (await on.face.one('Contact', id)).data.nextTouchAt;
  const reminded = async (id: string): Promise<unknown[]> => {
    const kept = (await on.about(id)).filter(({ state }) => state === 'active');
    return kept.map(({ dueAt, overdueAfter }) => [dueAt, overdueAfter]);
  };

  it('are settings of the account, and move every next touch and reminder that is derived from them', async () => {
    const inner = await person('Ada', { tier: 'inner' });
    const own = await person('Bea', { tier: 'inner', keepInTouchEvery: 'P2M' });
    const close = await person('Cleo', { tier: 'close' });
    await person('Dora', { tier: 'inner', archived: true });
    const gone = await person('Eve', { tier: 'inner' });
    await on.face.remove('Contact', gone);
    await on.events();
    expect(await settle({ innerEvery: 'P2W' })).toMatchObject({
      code: null,
      account: { ...USUAL, innerEvery: 'P2W' },
    });
    expect(await on.events()).toEqual(['account.updated', 'contact.updated', 'reminder.updated']);
    expect(await next(inner)).toBe('2026-03-06T09:00:00.000Z');
    expect(await reminded(inner)).toEqual([['2026-03-06T09:00:00.000Z', 'P7D']]);
    expect(await next(own)).toBe('2026-04-20T09:00:00.000Z');
    expect(await next(close)).toBe('2026-05-20T09:00:00.000Z');
    await on.face.act({ type: 'Contact', id: gone, noun: 'restoration', verb: 'restoreContact' });
    expect(await next(gone)).toBe('2026-03-06T09:00:00.000Z');
    expect(await next(await person('Fay', { tier: 'inner' }))).toBe('2026-03-06T09:00:00.000Z');
  });

  it('give dormant contacts a cadence, and take it from a tier that has none any more', async () => {
    const dormant = await person('Ada', { tier: 'dormant' });
    const wide = await person('Bea', { tier: 'wide' });
    await on.events();
    await settle({ dormantEvery: 'P1Y', wideEvery: null });
    expect((await on.events()).sort()).toEqual([
      ...['account.updated', 'contact.updated', 'contact.updated', 'reminder.created', 'reminder.deleted'],
    ]);
    expect([await next(dormant), await next(wide)]).toEqual(['2027-02-20T09:00:00.000Z', null]);
    expect(await reminded(dormant)).toEqual([['2027-02-20T09:00:00.000Z', 'P183D']]);
    expect(await reminded(wide)).toEqual([]);
    await settle(USUAL);
    expect([await next(dormant), await next(wide)]).toEqual([null, '2026-08-20T09:00:00.000Z']);
    expect(await reminded(wide)).toEqual([['2026-08-20T09:00:00.000Z', 'P91D']]);
  });

  it('there and back ring again, and a ring of the old one is superseded', async () => {
    const ada = await person('Ada', { tier: 'inner' });
    await on.events();
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(['reminder.due']);
    await settle({ innerEvery: 'P3M' });
    expect(await on.events()).toEqual(['account.updated', 'contact.updated', 'reminder.updated']);
    const kept = await on.keptFor(ada);
    expect(await on.rings(kept)).toEqual(['2026-03-20T09:00 superseded', '2026-05-20T09:00 scheduled']);
    await settle({ innerEvery: 'P1M' });
    expect(await on.at('2026-03-20T09:00:00.000Z')).toEqual(
      expect.arrayContaining(['account.updated', 'contact.updated', 'reminder.updated', 'reminder.due']),
    );
  });

  it('move together with the time zone, each next touch once', async () => {
    const ada = await person('Ada', { tier: 'inner' });
    const bea = await person('Bea', { keepInTouchEvery: 'P1M' });
    await on.events();
    await settle({ innerEvery: 'P2M', timeZone: 'America/New_York' });
    expect([await next(ada), await next(bea)]).toEqual(['2026-04-20T13:00:00.000Z', '2026-03-20T13:00:00.000Z']);
    expect((await on.events()).filter((type) => type === 'contact.updated')).toHaveLength(2);
    expect(await reminded(ada)).toEqual([['2026-04-20T13:00:00.000Z', 'P30D']]);
  });

  it('the same again changes nothing', async () => {
    await person('Ada', { tier: 'inner' });
    await on.events();
    await settle({ innerEvery: 'P1M' });
    expect(await on.events()).toEqual([]);
  });

  it('refuse what is no period or leads beyond the last year, and then nothing has moved', async () => {
    const ada = await person('Ada', { tier: 'inner', metOn: '2095-01-01' });
    await on.events();
    expect(await settle({ innerEvery: 'three weeks' })).toMatchObject({ code: 'invalid_input' });
    expect(await settle({ innerEvery: 'P10Y' })).toMatchObject({ code: 'invalid_input', pointers: ['/innerEvery'] });
    expect(await on.events()).toEqual([]);
    expect(await next(ada)).toBe('2095-02-01T09:00:00.000Z');
  });

  it('are those of the account alone', async () => {
    const stranger = await Ringing.over(name, shared);
    const theirs = await stranger.make('Contact', { name: 'Ida', tier: 'inner', metOn: '2026-02-20' });
    await settle({ innerEvery: 'P2W' });
    expect((await stranger.face.one('Contact', theirs)).data.nextTouchAt).toBe('2026-03-20T09:00:00.000Z');
  });
});

it('the doctor derives next touches from the tiers of the account', async () => {
  const examining = await Examining.of(shared);
  await examining.on.clear();
  await examining.on.settings({ ...USUAL, innerEvery: 'P2W' });
  const id = await examining.on.make('Contact', { name: 'Ada', tier: 'inner', metOn: '2026-02-20' });
  expect(await examining.wrongs()).toEqual([]);
  await examining.sql(
    `update contacts set next_touch_at = '2026-03-20T09:00:00Z', cadence_days = 30 where id = '${id}'`,
  );
  expect(await examining.wrongs()).toEqual([
    'touches_as_logged: has the next touch 2026-03-20T09:00:00.000Z, and its rhythm gives 2026-03-06T09:00:00.000Z',
  ]);
  await examining.mend();
});

import { faces } from '../../../harness/faces.js';
import { countStatements } from '../../../harness/statements.js';
import { TestProgram } from '../../../harness/program.js';
import { Ringing } from '../../reminders/ringing.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('who is due and who is fading, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const names = async (list: string, asked: Body = {}): Promise<unknown[]> => {
    const { rows, code, message } = await on.face.page('Contact', { ...asked, list });
    expect([code, message]).toEqual([null, '']);
    return rows.map((row) => row.name);
  };
  /** It is 2 March: these are ahead, due, overdue and fading, by cadences of different lengths. */
  const people = async (): Promise<Record<string, string>> => {
    const ids: Record<string, string> = {};
    for (const [called, keepInTouchEvery, metOn] of [
      ['ok', 'P1M', '2026-02-10'],
      ['due today', 'P1M', '2026-02-02'],
      ['15 of 30 days', 'P1M', '2026-01-15'],
      ['30 of 182 days', 'P6M', '2025-07-31'],
      ['10 of 7 days', 'P1W', '2026-02-13'],
      ['400 of 365 days', 'P1Y', '2024-01-26'],
    ] as const)
      ids[called] = await on.make('Contact', { name: called, keepInTouchEvery, metOn, tags: [keepInTouchEvery] });
    return ids;
  };
  const onceClose = async (called: string, last: string, more: Body = {}): Promise<string> => {
    const id = await on.make('Contact', { name: called, ...more });
    for (const day of ['2020-01-01', '2020-02-01', last])
      await on.make('Interaction', { contactIds: [id], channel: 'call', occurredAt: `${day}T12:00:00Z` });
    return id;
  };

  it('ranks who is due by urgency, not by date', async () => {
    await people();
    expect(await names('due')).toEqual([
      '10 of 7 days',
      '400 of 365 days',
      '15 of 30 days',
      '30 of 182 days',
      'due today',
    ]);
  });

  it('lists somebody from the moment on at which the touch is due', async () => {
    await on.make('Contact', { name: 'Ada', keepInTouchEvery: 'P1M', metOn: '2026-02-02' });
    on.program.clock.set('2026-03-02T08:59:59.999Z');
    expect(await names('due')).toEqual([]);
    on.program.clock.set('2026-03-02T09:00:00.000Z');
    expect(await names('due')).toEqual(['Ada']);
  });

  it('lists who is fading by cadence, then who was once close', async () => {
    await people();
    await onceClose('a year ago', '2025-03-01');
    await onceClose('long ago', '2021-01-01', { tier: 'dormant' });
    await onceClose('lately', '2025-03-03');
    await onceClose('archived', '2021-01-01', { archived: true });
    await onceClose('unwelcome', '2021-01-01', { doNotContact: true });
    expect(await names('fading')).toEqual(['10 of 7 days', '400 of 365 days', 'a year ago', 'long ago']);
    const { rows } = await on.face.page('Contact', { filter: { level: { eq: 'fading' } }, sort: 'name' });
    expect(rows.map((row) => row.name)).toEqual(['10 of 7 days', '400 of 365 days']);
  });

  it('once close is whoever had three touches that count and have taken place, and none for a year', async () => {
    const touch = (id: string, day: string, more: Body = {}): Promise<string> =>
      on.make('Interaction', { contactIds: [id], channel: 'call', occurredAt: `${day}T12:00:00Z`, ...more });
    const ada = await on.make('Contact', { name: 'Ada', tier: 'dormant' });
    for (const day of ['2025-01-01', '2025-02-01', '2025-03-02']) await touch(ada, day);
    await touch(ada, '2026-01-01', { countsAsTouch: false });
    const bea = await on.make('Contact', { name: 'Bea' });
    for (const day of ['2025-02-01', '2025-03-02']) await touch(bea, day);
    await touch(bea, '2025-01-01', { countsAsTouch: false });
    await touch(bea, '2027-01-01');
    const at = async (instant: string): Promise<unknown[]> => {
      on.program.clock.set(instant);
      return names('fading');
    };
    expect(await at('2026-03-02T11:59:59.999Z')).toEqual([]);
    expect(await at('2026-03-02T12:00:00.000Z')).toEqual(['Ada']);
    for (const off of [{ archived: true }, { archived: false, doNotContact: true }]) {
      await on.change('Contact', ada, off);
      expect(await names('fading')).toEqual([]);
    }
    await on.change('Contact', ada, { doNotContact: false });
    expect(await names('fading')).toEqual(['Ada']);
    await on.change('Contact', ada, { tier: 'wide' });
    expect(await names('fading')).toEqual([]);
  });

  it('leaves out who is archived, deleted, or not to be contacted, and has whoever comes back', async () => {
    const ids = await people();
    const id = String(ids['10 of 7 days']);
    const rest = ['400 of 365 days', '15 of 30 days', '30 of 182 days', 'due today'];
    for (const [off, back] of [
      [{ archived: true }, { archived: false }],
      [{ doNotContact: true }, { doNotContact: false }],
    ]) {
      await on.change('Contact', id, off as Body);
      expect(await names('due')).toEqual(rest);
      expect(await names('fading')).toEqual(['400 of 365 days']);
      await on.change('Contact', id, back as Body);
    }
    await on.face.remove('Contact', id);
    expect(await names('due')).toEqual(rest);
    expect(await names('fading')).toEqual(['400 of 365 days']);
    await on.face.act({ type: 'Contact', id, noun: 'restoration', verb: 'restoreContact' });
    expect(await names('due')).toEqual(['10 of 7 days', ...rest]);
  });

  it('a touch takes whoever was due out of both', async () => {
    const ids = await people();
    await on.make('Interaction', { contactIds: [ids['10 of 7 days'], ids['400 of 365 days']], channel: 'call' });
    expect(await names('due')).toEqual(['15 of 30 days', '30 of 182 days', 'due today']);
    expect(await names('fading')).toEqual([]);
  });

  it.each(['due', 'fading'])(
    'pages through who is %s by cursor, each once, also while the hours pass',
    async (list) => {
      for (let n = 0; n < 7; n += 1)
        await on.make('Contact', {
          name: `N${n}`,
          keepInTouchEvery: n % 2 ? 'P1D' : 'P1W',
          metOn: `2026-02-0${1 + n}`,
        });
      // 8 of 7 days and 1 of 1 day: by the hour, the second would overtake the first at one in the afternoon.
      await on.make('Contact', { name: 'slower', keepInTouchEvery: 'P1W', metOn: '2026-02-15' });
      await on.make('Contact', { name: 'faster', keepInTouchEvery: 'P1D', metOn: '2026-02-28' });
      for (let n = 0; n < 2; n += 1) await onceClose(`O${n}`, '2021-01-01');
      const whole = await names(list);
      expect(whole).toHaveLength(list === 'due' ? 9 : 11);
      const seen: unknown[] = [];
      let after: string | undefined;
      for (let hour = 10; ; hour += 1) {
        on.program.clock.set(`2026-03-02T${hour}:59:00.000Z`);
        const page = await on.face.page('Contact', { list, first: 2, ...(after ? { after } : {}) });
        seen.push(...page.rows.map((row) => row.name));
        after = page.endCursor ?? undefined;
        if (!page.hasNextPage) break;
      }
      expect(seen).toEqual(whole);
    },
  );

  it('takes a filter, and is one statement', async () => {
    await people();
    expect(await names('due', { filter: { tags: { hasAny: ['P6M', 'P1W'] } } })).toEqual([
      '10 of 7 days',
      '30 of 182 days',
    ]);
    const { result, statements } = await countStatements(() => on.face.page('Contact', { list: 'fading', first: 1 }));
    expect(result.rows).toHaveLength(1);
    expect(statements).toHaveLength(1);
  });

  it('refuses a cursor of the other list, of all contacts, and of another account, whose people it does not show', async () => {
    await people();
    const { endCursor } = await on.face.page('Contact', { list: 'due', first: 1 });
    const after = String(endCursor);
    expect((await on.face.page('Contact', { list: 'due', first: 1, after })).code).toBeNull();
    expect((await on.face.page('Contact', { list: 'fading', first: 1, after })).code).toBe('invalid_cursor');
    expect((await on.face.page('Contact', { sort: '-urgency', first: 1, after })).code).toBe('invalid_cursor');
    const stranger = on.face.as(await shared.anotherAccount());
    expect((await stranger.page('Contact', { list: 'due', first: 1, after })).code).toBe('invalid_cursor');
    expect((await stranger.page('Contact', { list: 'due' })).rows).toEqual([]);
    expect((await stranger.page('Contact', { list: 'fading' })).rows).toEqual([]);
  });
});

it.each([['contacts(sort: [{ field: urgency }])'], ['contacts(sort: [{ field: warmth }])'], ['contactsDue']])(
  '%s is counted without being read, though the order depends on the time',
  async (field) => {
    const { body } = await shared.graphql(`{ counted: ${field} { totalCount } }`);
    expect(body).toEqual({ data: { counted: { totalCount: 0 } } });
  },
);

it('has no order, search or trash but its own', async () => {
  for (const given of ['sort=name', 'q=ada', 'trash=true'])
    expect((await shared.ask('get', `/v1/contacts/due?${given}`)).body).toMatchObject({
      status: 400,
      errors: [{ pointer: given.split('=')[0], code: 'unknownParameter' }],
    });
  const counted = await shared.ask('get', '/v1/contacts/due?total=true&fields=id,name&include=interactions');
  expect(counted.body).toEqual({ data: [], page: { endCursor: null, hasNextPage: false, totalCount: 0 } });
});

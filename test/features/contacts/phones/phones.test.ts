import { PhonesService } from '../../../../src/features/contacts/phones/phones.service.js';
import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Examining } from '../../reminders/examining.js';

type Body = Record<string, unknown>;

const UPDATE = 'mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) { account { phoneRegion } } }';
const LONDON = '+442079460958';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('telephone numbers over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.ask('patch', '/v1/account', { body: { phoneRegion: null } });
    await program.events();
  });

  const person = (called: string, phones: readonly string[]) => idOfNew(face, 'Contact', { name: called, phones });
  const seen = async (id: string): Promise<unknown> => (await face.one('Contact', id)).data.phoneNumbers;
  /** Of each event of a contact the numbers, and what they were before if they changed. */
  const told = async (id: string): Promise<unknown[]> => {
    const { rows } = await program.pool.query(
      `select data -> 'phoneNumbers' as now, previous -> 'phoneNumbers' as before from events
        where type like 'contact.%' and data ->> 'id' = $1 order by sequence`,
      [id],
    );
    return rows.map(({ now, before }) => [now, before]);
  };
  const settle = async (phoneRegion: unknown): Promise<Body> => {
    const { body } =
      name === 'rest'
        ? await program.ask('patch', '/v1/account', { body: { phoneRegion } })
        : await program.graphql(UPDATE, { input: { phoneRegion } });
    return body.errors?.[0]?.extensions ?? body.data?.updateAccount.account ?? body;
  };
  const found = async (filter: Body): Promise<unknown[]> =>
    (await face.page('Contact', { filter, sort: 'name' })).rows.map((row) => row.name);
  const doubles = async (): Promise<unknown[]> => {
    const { body } = await program.ask('get', '/v1/contacts/duplicates');
    return (
      body.data as { firstName: string; secondName: string; certainty: string; reasons: { text: string }[] }[]
    ).map(
      ({ firstName, secondName, certainty, reasons }) =>
        `${[firstName, secondName].sort().join(' = ')} ${certainty}: ${reasons.map(({ text }) => text).join(' ')}`,
    );
  };

  it('are kept as typed, and shown in one form beside it, in their order and each once', async () => {
    const typed = [
      'n/a',
      '\u202a+49 (0)30 123456\u202c',
      '0044 20 7946 0958',
      '+44 20 7946 0958 ext. 12',
      '1-800-FLOWERS',
      '030 123456',
    ];
    const made = await face.create('Contact', { name: 'Ada', phones: typed });
    expect(made.data).toMatchObject({ phones: typed, phoneNumbers: ['+4930123456', LONDON] });
    const id = String(made.data.id);
    expect(await seen(id)).toEqual(['+4930123456', LONDON]);
    expect(await program.events()).toEqual(['contact.created']);
    const changed = await face.update('Contact', id, { phones: [LONDON] });
    expect(changed.data).toMatchObject({ phoneNumbers: [LONDON] });
    await face.update('Contact', id, { notes: 'Calls back' });
    expect(await seen(id)).toEqual([LONDON]);
    await face.update('Contact', id, { phones: [] });
    expect(await seen(id)).toEqual([]);
    expect(await told(id)).toEqual([
      [['+4930123456', LONDON], null],
      [[LONDON], ['+4930123456', LONDON]],
      [[LONDON], null],
      [[], [LONDON]],
    ]);
  });

  it('are derived only: nobody can send them', async () => {
    const refused = await face.create('Contact', { name: 'Ada', phoneNumbers: [LONDON] });
    expect(refused.code).not.toBeNull();
    expect(await program.events()).toEqual([]);
  });

  it('find contacts, whatever was typed', async () => {
    await person('Ada', ['0044 (20) 7946-0958']);
    await person('Bea', ['+44 20 7946 0958', '+49 30 123456']);
    await person('Cleo', ['020 7946 0958']);
    expect(await found({ phoneNumbers: { has: LONDON } })).toEqual(['Ada', 'Bea']);
    expect(await found({ phoneNumbers: { hasAny: ['+4930123456', '+4930123457'] } })).toEqual(['Bea']);
    expect(await found({ phoneNumbers: { hasAll: ['+4930123456', LONDON] } })).toEqual(['Bea']);
    await settle('GB');
    expect(await found({ phoneNumbers: { has: LONDON } })).toEqual(['Ada', 'Bea', 'Cleo']);
  });

  it('without a country are those of the country that the account names, from then on and before', async () => {
    const ada = await person('Ada', ['020 7946 0958']);
    const bea = await person('Bea', ['+44 20 7946 0958']);
    const cleo = await person('Cleo', ['+44 20 7946 0958', '020 7946 0958']);
    const dora = await person('Dora', ['020 7946 0958']);
    await face.remove('Contact', dora);
    expect(await seen(ada)).toEqual([]);
    await program.events();
    expect(await settle('GB')).toMatchObject({ phoneRegion: 'GB' });
    // Of Cleo the same is shown as before, and Dora is in the trash.
    expect(await program.events()).toEqual(['account.updated', 'contact.updated']);
    expect([await seen(ada), await seen(bea), await seen(cleo)]).toEqual([[LONDON], [LONDON], [LONDON]]);
    expect(await told(ada)).toEqual([
      [[], null],
      [[LONDON], []],
    ]);
    expect((await face.one('Contact', ada)).data.version).toBe(2);
    await face.act({ type: 'Contact', id: dora, noun: 'restoration', verb: 'restoreContact' });
    expect(await seen(dora)).toEqual([LONDON]);
    expect(await seen(await person('Eve', ['(020) 7946 0958']))).toEqual([LONDON]);
    await program.events();
    await settle('GB');
    expect(await program.events()).toEqual([]);
    await settle('DE');
    expect(await seen(ada)).toEqual(['+492079460958']);
    expect(await seen(bea)).toEqual([LONDON]);
    await settle(null);
    expect(await seen(ada)).toEqual([]);
  });

  it.each(['UK', 'gb', 'AQ', 'GBR', '', 44])('refuse %j as a country, and nothing changes', async (code) => {
    const ada = await person('Ada', ['020 7946 0958']);
    await program.events();
    const refused = await settle(code);
    expect(refused.code).toEqual(expect.any(String));
    expect(await program.events()).toEqual([]);
    expect(await seen(ada)).toEqual([]);
  });

  it('tell one person for certain in any form, and never by the digits of two countries', async () => {
    await person('Ada', ['+44 20 7946 0958']);
    await person('Bea', ['020 7946 0958']);
    // The same digits behind `+20`, in Egypt, and national ones of London.
    await person('Cairo', ['+20 2 3456 7890']);
    await person('London', ['020 2345 67890']);
    await person('Desk 1', ['+44 20 7946 0000 ext. 1']);
    await person('Desk 2', ['+44 20 7946 0000 ext. 2']);
    await person('Short', ['112']);
    await person('Brief', ['112']);
    expect(await doubles()).toEqual([]);
    await settle('GB');
    expect(await doubles()).toEqual([`Ada = Bea certain: Both have the telephone number ${LONDON}.`]);
    await settle('US');
    expect(await doubles()).toEqual([]);
  });

  it('that nobody understands are still compared as they are typed', async () => {
    await person('Ada', ['020 7946 0958']);
    await person('Bea', ['(020) 7946-0958']);
    expect(await doubles()).toEqual(['Ada = Bea certain: Both have the telephone number 2079460958.']);
  });

  it('follow the country of the account alone', async () => {
    const another = await shared.asAnother();
    const theirs = await idOfNew(faceOf(name, another), 'Contact', { name: 'Ida', phones: ['020 7946 0958'] });
    await settle('GB');
    expect((await faceOf(name, another).one('Contact', theirs)).data.phoneNumbers).toEqual([]);
  });
});

it('the numbers of more contacts than may change at once follow by the worker, and only by the last country', async () => {
  const examining = await Examining.of(shared);
  const { on } = examining;
  await on.clear();
  const settle = (phoneRegion: string) => on.program.ask('patch', '/v1/account', { body: { phoneRegion } });
  const contacts = async (): Promise<number> => (await on.events()).filter((type) => type === 'contact.updated').length;
  const { body } = await on.program.ask('get', '/v1/me');
  // The first 2,000 are read at once: one of them in the last slice has a national number. Of the later ones all have.
  await shared.pool.query(
    `insert into contacts (account_id, id, created_at, updated_at, name, phones, phone_numbers, phone_keys)
      select $1, ('01890000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), now(), 'N' || n,
        case when n < 2000 then array['+44 20 7946 0958'] else array['020 7946 0958'] end,
        case when n < 2000 then array['+442079460958'] else '{}' end,
        case when n < 2000 then array['+442079460958'] else array['2079460958'] end from generate_series(1, 2401) n`,
    [body.accountId],
  );
  await settle('GB');
  expect(await contacts()).toBe(1);
  expect(await examining.wrongs()).toEqual([]);
  const service = shared.app.get(PhonesService);
  expect(await service.takeTurn()).toBe('again');
  expect(await contacts()).toBe(200);
  await settle('DE');
  expect(await contacts()).toBe(1);
  while ((await service.takeTurn()) !== null);
  expect(await contacts()).toBe(401);
  const { rows } = await shared.pool.query(
    `select phone_numbers[1] as number, count(*)::int from contacts where account_id = $1 group by 1 order by 1`,
    [body.accountId],
  );
  expect(rows).toEqual([
    { number: LONDON, count: 1_999 },
    { number: '+492079460958', count: 402 },
  ]);
  expect(await examining.wrongs()).toEqual([]);
  // The worker does not go on by a country that is no longer that of the account.
  await settle('GB');
  await shared.pool.query(`delete from contacts where account_id = $1 and name > 'N2'`, [body.accountId]);
  await settle('US');
  expect(await service.takeTurn()).toBeNull();
});

it('the doctor reads numbers again by the settings of the account, those in the trash too', async () => {
  const examining = await Examining.of(shared);
  const { on } = examining;
  await on.clear();
  await on.program.ask('patch', '/v1/account', { body: { phoneRegion: 'GB' } });
  const id = await on.make('Contact', { name: 'Ada', phones: ['020 7946 0958'] });
  const gone = await on.make('Contact', { name: 'Bea', phones: ['020 7946 0958'] });
  await on.face.remove('Contact', gone);
  expect(await examining.wrongs()).toEqual([]);
  await examining.sql(
    `update contacts set phone_numbers = '{}', phone_keys = '{2079460958}' where id in ('${id}', '${gone}')`,
  );
  expect(await examining.wrongs()).toEqual(
    Array(2).fill(
      `numbers_as_typed: has the telephone numbers none (2079460958), and what was typed means ${LONDON} (${LONDON})`,
    ),
  );
  expect(await examining.mend()).toEqual(['contact.updated']);
});

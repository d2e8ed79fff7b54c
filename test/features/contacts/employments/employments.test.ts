import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('jobs over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const idOf = (type: string, input: Record<string, unknown>) => idOfNew(face, type, input);
  const companies = async (filter: Record<string, unknown>) =>
    (await face.page('Employment', { filter, sort: 'id' })).rows.map((row) => row.company);

  it('of a contact are added, changed and deleted', async () => {
    const contactId = await idOf('Contact', { name: 'Ada' });
    const job = {
      contactId,
      company: 'Acme GmbH',
      title: 'Lead',
      startedOn: '2024-05-01',
      startedOnPrecision: 'month',
    };
    const { data } = await face.create('Employment', job);
    expect(data).toMatchObject({
      ...job,
      mine: false,
      endedOn: null,
      endedOnPrecision: 'day',
      current: true,
      version: 1,
    });
    const id = String(data.id);
    const ended = { endedOn: '2025-12-31', title: null };
    expect((await face.update('Employment', id, ended)).data).toMatchObject({ ...ended, current: false, version: 2 });
    expect((await face.update('Employment', id, ended)).data).toMatchObject({ version: 2 });
    expect((await face.remove('Employment', id)).code).toBeNull();
    expect((await face.one('Employment', id)).code).toBe('not_found');
    expect(await program.events()).toEqual([
      ...['contact.created', 'employment.created', 'employment.updated', 'employment.deleted'],
    ]);
  });

  it('of your own have no contact', async () => {
    const { data } = await face.create('Employment', { mine: true, company: 'Acme' });
    expect(data).toMatchObject({ mine: true, contactId: null, startedOn: null, current: true });
    const contactId = await idOf('Contact', { name: 'Ada' });
    await idOf('Employment', { contactId, company: 'Elsewhere' });
    expect(await companies({ mine: { eq: true } })).toEqual(['Acme']);
    expect(await companies({ mine: { eq: false } })).toEqual(['Elsewhere']);
    await program.events();
    const refused = { code: 'invalid_input', errors: [{ pointer: '/contactId', code: 'contactOrMine' }] };
    expect(await face.create('Employment', { company: 'Acme' })).toMatchObject(refused);
    expect(await face.create('Employment', { company: 'Acme', mine: true, contactId })).toMatchObject(refused);
    expect(await program.events()).toEqual([]);
  });

  it('are listed by contact, by company however it is written, by whether they last, and by words', async () => {
    const [ada, eve] = [await idOf('Contact', { name: 'Ada' }), await idOf('Contact', { name: 'Eve' })];
    await idOf('Employment', { contactId: ada, company: 'Acme GmbH', endedOn: '2024-01-01' });
    await idOf('Employment', { contactId: ada, company: 'C++ Alliance', title: 'Fellow' });
    await idOf('Employment', { contactId: eve, company: 'ACME', startedOn: '2026-03-03' });
    await idOf('Employment', { contactId: eve, company: 'C# Corner', startedOn: '2026-03-02', endedOn: '2026-03-03' });
    expect(await companies({ contactId: { eq: ada } })).toEqual(['Acme GmbH', 'C++ Alliance']);
    expect(await companies({ company: { eq: 'acme, Inc.' } })).toEqual(['Acme GmbH', 'ACME']);
    expect(await companies({ company: { in: ['c++ alliance', 'acme'] }, contactId: { eq: ada } })).toHaveLength(2);
    expect(await companies({ company: { eq: 'C#' } })).toEqual([]);
    expect(await companies({ current: { eq: true } })).toEqual(['C++ Alliance', 'C# Corner']);
    expect(await companies({ current: { eq: false } })).toEqual(['Acme GmbH', 'ACME']);
    expect((await face.page('Employment', { q: 'fellow' })).rows).toMatchObject([{ company: 'C++ Alliance' }]);
    const { rows } = await face.page('Employment', { sort: '-startedOn' });
    expect(rows.map((row) => row.startedOn)).toEqual(['2026-03-03', '2026-03-02', null, null]);
    expect((await face.page('Employment', { filter: { company: { contains: 'A' } } })).code).not.toBeNull();
  });

  it('last until the day on which they end, in the account’s time zone', async () => {
    const id = await idOf('Employment', {
      mine: true,
      company: 'Acme',
      startedOn: '2026-03-02',
      endedOn: '2026-03-03',
    });
    const current = async () => (await face.one('Employment', id)).data.current;
    expect(await current()).toBe(true);
    await program.ask('patch', '/v1/account', { body: { timeZone: 'Pacific/Auckland' } });
    program.clock.set('2026-03-02T10:59:59.000Z');
    expect(await current()).toBe(true);
    program.clock.set('2026-03-02T11:00:00.000Z');
    expect(await current()).toBe(false);
    await program.ask('patch', '/v1/account', { body: { timeZone: 'UTC' } });
  });

  it('do not end before they begin, as far as both days are known', async () => {
    const begun = { mine: true, company: 'Acme', startedOn: '2024-05-15' };
    const refused = { code: 'invalid_input', errors: [{ pointer: '/endedOn', code: 'endsBeforeItBegins' }] };
    expect(await face.create('Employment', { ...begun, endedOn: '2024-05-14' })).toMatchObject(refused);
    expect(await program.events()).toEqual([]);
    const id = await idOf('Employment', { ...begun, endedOn: '2024-05-01', endedOnPrecision: 'month' });
    await program.events();
    expect(await face.update('Employment', id, { endedOnPrecision: 'day' })).toMatchObject(refused);
    expect(await face.update('Employment', id, { startedOn: '2025-01-01' })).toMatchObject(refused);
    expect(await program.events()).toEqual([]);
    expect(
      (await face.update('Employment', id, { startedOn: '2024-12-31', startedOnPrecision: 'year' })).code,
    ).toBeNull();
  });

  it('refuses who is not there or somebody else’s', async () => {
    const stranger = face.as(await program.anotherAccount());
    const theirs = String((await stranger.create('Contact', { name: 'Eve' })).data.id);
    const gone = await idOf('Contact', { name: 'Ada' });
    await face.remove('Contact', gone);
    await program.events();
    for (const contactId of [theirs, gone])
      expect(await face.create('Employment', { contactId, company: 'Acme' })).toMatchObject({
        code: 'unknown_reference',
        errors: [{ pointer: '/contactId' }],
      });
    expect(await program.events()).toEqual([]);
  });

  it('are at most 100 of one person, and of your own', async () => {
    const ada = await idOf('Contact', { name: 'Ada' });
    const whose = [
      [ada, { contactId: ada }, '/contactId', 'jobs of this contact'],
      [null, { mine: true }, '/mine', 'jobs of your own'],
    ] as const;
    for (const [contactId, theirs, pointer, what] of whose) {
      await program.pool.query(
        `insert into employments (account_id, id, created_at, updated_at, contact_id, mine, company, company_key)
         select c.account_id, new_id(), now(), now(), $2::uuid, $2 is null, 'Acme', 'acme' from contacts c, generate_series(1, 99) where c.id = $1`,
        [ada, contactId],
      );
      await idOf('Employment', { ...theirs, company: 'Acme' });
      await program.events();
      expect(await face.create('Employment', { ...theirs, company: 'Acme' })).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer, code: 'tooMany', detail: expect.stringContaining(what) }],
      });
      expect(await program.events()).toEqual([]);
    }
  });
});

describe('jobs', () => {
  it('are created again by a name of another system, for the same person', async () => {
    const program = await shared.asAnother();
    const contactId = (await program.ask('post', '/v1/contacts', { body: { name: 'Ada' } })).body.id;
    const put = (body: object) => program.ask('put', '/v1/employments/by/crm/815', { body });
    expect((await put({ contactId, mine: false, company: 'Acme' })).status).toBe(201);
    expect((await put({ contactId, mine: false, company: 'ACME' })).body).toMatchObject({
      company: 'ACME',
      version: 2,
    });
    expect((await put({ mine: true, company: 'ACME' })).body.errors).toMatchObject([{ pointer: '/mine' }]);
  });

  it('of a page of contacts are read in one statement, those that began last first', async () => {
    const program = await shared.asAnother();
    const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
    for (const name of ['Ada', 'Eve']) {
      const contactId = await make('/v1/contacts', { name });
      for (const year of ['2020', '2024', '2022'])
        await make('/v1/employments', { contactId, company: `In ${year}`, startedOn: `${year}-01-01` });
    }
    const ask = () =>
      program.graphql(
        '{ contacts(sort: {field: name}) { nodes { name employments(first: 2) { nodes { company contact { name } } } } } }',
      );
    // The key is known from now on.
    await ask();
    const { result, statements } = await countStatements(ask);
    expect(result.body.data.contacts.nodes).toEqual(
      ['Ada', 'Eve'].map((name) => ({
        name,
        employments: { nodes: ['In 2024', 'In 2022'].map((company) => ({ company, contact: { name } })) },
      })),
    );
    expect(statements).toHaveLength(1);
    const { body } = await program.ask('get', '/v1/contacts?include=employments&sort=name');
    expect(body.data[1].employments.map((job: { company: string }) => job.company)).toEqual([
      ...['In 2024', 'In 2022', 'In 2020'],
    ]);
  });
});

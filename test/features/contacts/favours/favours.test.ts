import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('favours over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  let contactId: string;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    contactId = await idOfNew(face, 'Contact', { name: 'Ada' });
    await program.events();
  });

  const note = async (input: Record<string, unknown>) => {
    const { data, code, message } = await face.create('Favour', { contactId, kind: 'intro', ...input });
    if (code !== null) throw new Error(`${code}: ${message}`);
    return data;
  };
  /** Of the contact, only when it is asked for. */
  const balance = async () => {
    if (name === 'rest') {
      expect(await program.ask('get', `/v1/contacts/${contactId}`)).not.toHaveProperty('body.favourBalance');
      return (await program.ask('get', `/v1/contacts/${contactId}?include=favourBalance`)).body.favourBalance;
    }
    const query = `{ contact(id: "${contactId}") { favourBalance { given received open } } }`;
    return (await program.graphql(query)).body.data.contact.favourBalance;
  };

  it('are noted, settled and deleted', async () => {
    const asked = await note({ direction: 'asked', summary: 'To the platform team' });
    expect(asked).toMatchObject({ state: 'open', occurredOn: '2026-03-02', settledOn: null, kind: 'intro' });
    program.clock.set('2026-03-05T10:00:00.000Z');
    const id = String(asked.id);
    expect((await face.update('Favour', id, { state: 'done' })).data).toMatchObject({
      settledOn: '2026-03-05',
      version: 2,
    });
    program.clock.set('2026-03-06T10:00:00.000Z');
    expect((await face.update('Favour', id, { summary: 'x' })).data).toMatchObject({ settledOn: '2026-03-05' });
    expect((await face.update('Favour', id, { summary: 'x', state: 'done' })).data).toMatchObject({ version: 3 });
    expect((await face.update('Favour', id, { state: 'open' })).data).toMatchObject({ settledOn: null });
    expect((await face.update('Favour', id, { state: 'declined', settledOn: '2026-03-03' })).data).toMatchObject({
      settledOn: '2026-03-03',
    });
    expect((await face.update('Favour', id, { settledOn: null })).data).toMatchObject({ settledOn: '2026-03-06' });
    expect((await face.remove('Favour', id)).code).toBeNull();
    expect(await program.events()).toEqual([
      'favour.created',
      ...Array.from({ length: 5 }, () => 'favour.updated'),
      'favour.deleted',
    ]);
  });

  it('that are given or received are done, on the day that is said', async () => {
    expect(await note({ direction: 'given', kind: 'review', occurredOn: '2026-02-01' })).toMatchObject({
      ...{ state: 'done', occurredOn: '2026-02-01', settledOn: '2026-02-01' },
    });
    expect(await note({ direction: 'received', state: 'open' })).toMatchObject({ state: 'open', settledOn: null });
    expect(await note({ direction: 'asked', state: 'declined', occurredOn: '2026-02-01' })).toMatchObject({
      settledOn: '2026-03-02',
    });
  });

  it('are listed by contact, direction, kind, state and day', async () => {
    await note({ direction: 'given', kind: 'review', occurredOn: '2026-01-01' });
    await note({ direction: 'asked', kind: 'mentoring', summary: 'Rust' });
    const other = await idOfNew(face, 'Contact', { name: 'Eve' });
    await note({ contactId: other, direction: 'received', kind: 'reference' });
    const kinds = async (filter: Record<string, unknown>) =>
      (await face.page('Favour', { filter, sort: 'occurredOn' })).rows.map((row) => row.kind);
    expect(await kinds({ contactId: { eq: contactId } })).toEqual(['review', 'mentoring']);
    expect(await kinds({ direction: { in: ['given', 'received'] } })).toEqual(['review', 'reference']);
    expect(await kinds({ state: { eq: 'open' } })).toEqual(['mentoring']);
    expect(await kinds({ occurredOn: { lt: '2026-02-01' } })).toEqual(['review']);
    expect((await face.page('Favour', { q: 'rust' })).rows).toMatchObject([{ kind: 'mentoring' }]);
  });

  it('are balanced on the contact: what was given, received, and is open', async () => {
    expect(await balance()).toEqual({ given: 0, received: 0, open: 0 });
    await note({ direction: 'given' });
    await note({ direction: 'given' });
    await note({ direction: 'given', state: 'open' });
    await note({ direction: 'given', state: 'declined' });
    await note({ direction: 'received' });
    const asked = await note({ direction: 'asked' });
    await note({ contactId: await idOfNew(face, 'Contact', { name: 'Eve' }), direction: 'given' });
    expect(await balance()).toEqual({ given: 2, received: 1, open: 2 });
    await face.update('Favour', String(asked.id), { state: 'done' });
    expect(await balance()).toEqual({ given: 2, received: 2, open: 1 });
  });

  it('refuses days that do not belong together, and who is not there', async () => {
    const id = String((await note({ direction: 'asked' })).id);
    const stranger = face.as(await program.anotherAccount());
    const theirs = String((await stranger.create('Contact', { name: 'Eve' })).data.id);
    await program.events();
    const asked = { contactId, kind: 'intro', direction: 'asked' };
    const refusals = [
      [{ ...asked, settledOn: '2026-03-02' }, '/settledOn', 'stillOpen'],
      [{ ...asked, state: 'done', settledOn: '2026-03-01' }, '/settledOn', 'endsBeforeItBegins'],
      [{ ...asked, contactId: theirs }, '/contactId', 'unknownReference'],
    ] as const;
    for (const [input, pointer, code] of refusals)
      expect((await face.create('Favour', input)).errors).toMatchObject([{ pointer, code }]);
    expect((await face.create('Favour', { ...asked, kind: 'money' })).code).not.toBeNull();
    expect((await face.update('Favour', id, { settledOn: '2026-03-02' })).errors).toMatchObject([
      { code: 'stillOpen' },
    ]);
    expect((await face.update('Favour', id, { state: 'done', occurredOn: '2026-03-03' })).errors).toMatchObject([
      { pointer: '/settledOn', code: 'endsBeforeItBegins' },
    ]);
    expect(await program.events()).toEqual([]);
  });

  it('are at most 1,000 of one contact', async () => {
    await program.pool.query(
      `insert into favours (account_id, id, created_at, updated_at, contact_id, direction, kind, state, occurred_on)
       select account_id, new_id(), now(), now(), id, 'given', 'intro', 'done', '2026-01-01' from contacts, generate_series(1, 999) where id = $1`,
      [contactId],
    );
    await note({ direction: 'given' });
    await program.events();
    expect((await face.create('Favour', { contactId, kind: 'intro', direction: 'given' })).errors).toMatchObject([
      { pointer: '/contactId', code: 'tooMany' },
    ]);
    expect(await program.events()).toEqual([]);
    expect(await balance()).toEqual({ given: 1_000, received: 0, open: 0 });
  });
});

describe('favours', () => {
  it('and balances of a page of contacts are read in one statement', async () => {
    const program = await shared.asAnother();
    const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
    for (const name of ['Ada', 'Eve']) {
      const contactId = await make('/v1/contacts', { name });
      await make('/v1/favours', { contactId, kind: 'intro', direction: 'given', occurredOn: '2026-01-01' });
      await make('/v1/favours', { contactId, kind: 'review', direction: 'asked', occurredOn: '2026-02-01' });
    }
    const query =
      '{ contacts(sort: {field: name}) { nodes { name favourBalance { open given } favours(first: 1) { nodes { kind contact { name } } } } } }';
    const ask = () => program.graphql(query);
    // The key is known from now on.
    await ask();
    const { result, statements } = await countStatements(ask);
    expect(result.body.data.contacts.nodes).toEqual(
      ['Ada', 'Eve'].map((name) => ({
        name,
        favourBalance: { open: 1, given: 1 },
        favours: { nodes: [{ kind: 'review', contact: { name } }] },
      })),
    );
    expect(statements).toHaveLength(1);
  });
});

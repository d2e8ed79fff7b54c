import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('who is where, over %s', (name) => {
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

  const person = (contact: Record<string, unknown>) => idOfNew(face, 'Contact', contact);
  const job = (of: Record<string, unknown>) => idOfNew(face, 'Employment', of);
  const found = async (filter: Record<string, unknown>) => {
    const { rows, code, message } = await face.page('Contact', { filter, sort: 'name' });
    if (code !== null) throw new Error(`${code}: ${message}`);
    return rows.map((row) => row.name);
  };
  /** Of one contact, only when it is asked for. */
  const together = async (id: string) => {
    if (name === 'rest') {
      expect(await program.ask('get', `/v1/contacts/${id}`)).not.toHaveProperty('body.workedTogether');
      return (await program.ask('get', `/v1/contacts/${id}?include=workedTogether`)).body.workedTogether;
    }
    const query = `{ contact(id: "${id}") { workedTogether { company from until } } }`;
    return (await program.graphql(query)).body.data.contact.workedTogether;
  };

  it('finds who works at a company, as the contact or a current job says', async () => {
    await person({ name: 'Ada', company: 'Acme GmbH' });
    const eve = await person({ name: 'Eve' });
    await job({ contactId: eve, company: 'ACME' });
    const ida = await person({ name: 'Ida' });
    await job({ contactId: ida, company: 'acme', endedOn: '2026-03-02' });
    await person({ name: 'Una', company: 'C++' });
    await job({ contactId: await person({ name: 'Joe' }), company: 'Acme', startedOn: '2026-03-03' });
    await job({ mine: true, company: 'Acme' });
    expect(await found({ worksAt: { eq: 'Acme, Inc.' } })).toEqual(['Ada', 'Eve']);
    expect(await found({ worksAt: { in: ['acme', 'c++ ag'] } })).toEqual(['Ada', 'Eve', 'Una']);
    expect(await found({ worksAt: { eq: 'C#' } })).toEqual([]);
    expect(await found({ not: { worksAt: { eq: 'acme' } } })).toEqual(['Ida', 'Joe', 'Una']);
    expect(await found({ worksAt: { eq: 'acme' }, company: { isNull: true } })).toEqual(['Eve']);
    await face.remove('Contact', eve);
    expect(await found({ worksAt: { eq: 'acme' } })).toEqual(['Ada']);
    expect((await face.page('Contact', { filter: { worksAt: { contains: 'acme' } } })).code).not.toBeNull();
  });

  it('finds who left a company: not who is back, and not before the day has come', async () => {
    const ada = await person({ name: 'Ada', company: 'Acme GmbH' });
    expect(await found({ left: { eq: 'acme' } })).toEqual([]);
    await face.update('Contact', ada, { company: 'Globex' });
    expect(await found({ left: { eq: 'acme' } })).toEqual(['Ada']);
    expect(await found({ worksAt: { eq: 'globex' } })).toEqual(['Ada']);
    await job({ contactId: ada, company: 'ACME' });
    expect(await found({ left: { eq: 'acme' } })).toEqual([]);
    const eve = await person({ name: 'Eve' });
    await job({ contactId: eve, company: 'acme', endedOn: '2026-03-03' });
    expect(await found({ left: { in: ['acme'] } })).toEqual([]);
    program.clock.set('2026-03-03T10:00:00.000Z');
    expect(await found({ left: { in: ['acme'] } })).toEqual(['Eve']);
  });

  it('finds with whom I worked, where and when', async () => {
    await job({ mine: true, company: 'Acme', startedOn: '2020-01-01', endedOn: '2022-06-30' });
    await job({ mine: true, company: 'Globex', startedOn: '2022-07-01' });
    const ada = await person({ name: 'Ada', relation: 'friend' });
    await job({ contactId: ada, company: 'ACME Inc.', startedOn: '2019-05-01', endedOn: '2021-03-31' });
    await job({ contactId: ada, company: 'acme', startedOn: '2021-04-01', endedOn: '2021-12-31' });
    await job({ contactId: ada, company: 'Globex', startedOn: '2025-01-01' });
    const eve = await person({ name: 'Eve', company: 'Globex' });
    await job({ contactId: eve, company: 'acme', startedOn: '2022-07-01' });
    const ida = await person({ name: 'Ida' });
    await job({ contactId: ida, company: 'Globex', startedOn: '2026-03-03' });
    const joe = await person({ name: 'Joe' });
    await job({
      contactId: joe,
      company: 'acme',
      startedOn: '2022-01-01',
      startedOnPrecision: 'year',
      endedOn: '2022-01-01',
      endedOnPrecision: 'year',
    });
    await program.events();
    expect(await found({ coworker: { eq: true } })).toEqual(['Ada', 'Joe']);
    expect(await found({ coworker: { eq: false } })).toEqual(['Eve', 'Ida']);
    expect(await found({ coworkerAt: { eq: 'Globex Ltd' } })).toEqual(['Ada']);
    expect(await found({ coworkerAt: { in: ['acme', 'globex'] } })).toEqual(['Ada', 'Joe']);
    expect(await together(ada)).toEqual([
      { company: 'Globex', from: '2025-01-01', until: null },
      { company: 'Acme', from: '2020-01-01', until: '2021-12-31' },
    ]);
    expect(await together(joe)).toEqual([{ company: 'Acme', from: '2022-01-01', until: '2022-06-30' }]);
    expect(await together(eve)).toEqual([]);
    // What I say of somebody stays as I said it.
    expect((await face.one('Contact', ada)).data).toMatchObject({ relation: 'friend', version: 1 });
    expect(await program.events()).toEqual([]);
  });

  it('is sure of a job without a start only on its last day, or today', async () => {
    await job({ mine: true, company: 'Acme', startedOn: '2020-01-01', endedOn: '2022-06-30' });
    const ada = await person({ name: 'Ada', company: 'Acme' });
    await face.update('Contact', ada, { company: 'Globex' });
    expect(await found({ coworker: { eq: true } })).toEqual([]);
    const eve = await person({ name: 'Eve' });
    await job({ contactId: eve, company: 'Acme', endedOn: '2021-12-31' });
    expect(await found({ coworker: { eq: true } })).toEqual(['Eve']);
    expect(await together(eve)).toEqual([{ company: 'Acme', from: null, until: '2021-12-31' }]);
    await job({ mine: true, company: 'Globex', startedOn: '2024-01-01' });
    expect(await found({ coworkerAt: { eq: 'globex' } })).toEqual(['Ada']);
    expect(await together(ada)).toEqual([{ company: 'Globex', from: '2026-03-02', until: null }]);
  });

  it('knows nobody of another account', async () => {
    const stranger = face.as(await program.anotherAccount());
    await stranger.create('Employment', { mine: true, company: 'Acme' });
    const theirs = String((await stranger.create('Contact', { name: 'Eve', company: 'Acme' })).data.id);
    await stranger.create('Employment', { contactId: theirs, company: 'Acme' });
    await job({ contactId: await person({ name: 'Ada' }), company: 'Acme', endedOn: '2026-01-01' });
    expect(await found({ worksAt: { eq: 'acme' } })).toEqual([]);
    expect(await found({ coworker: { eq: true } })).toEqual([]);
    const page = await stranger.page('Contact', { filter: { left: { eq: 'acme' } } });
    expect([page.code, page.rows]).toEqual([null, []]);
    expect((await stranger.page('Contact', { filter: { coworkerAt: { eq: 'acme' } } })).rows).toHaveLength(1);
  });
});

describe('where contacts are', () => {
  it('is shown for a page in one statement', async () => {
    const program = await shared.asAnother();
    const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
    await make('/v1/employments', { mine: true, company: 'Acme' });
    await make('/v1/employments', { contactId: await make('/v1/contacts', { name: 'Ada' }), company: 'Acme' });
    const ask = () => program.ask('get', '/v1/contacts?include=workedTogether&filter[coworker][eq]=true');
    await ask();
    const { result, statements } = await countStatements(ask);
    expect(result.body.data).toMatchObject([
      { name: 'Ada', workedTogether: [{ company: 'Acme', from: null, until: null }] },
    ]);
    expect(statements).toHaveLength(1);
  });
});

import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from '../imports/importing.js';

type Body = Record<string, unknown>;

/** Names of which the parts are known, or one of them, or none; also such as look like each other in a card. */
const PEOPLE = [
  { name: 'Ada Lovelace', company: 'Engines' },
  { name: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace' },
  { name: 'Grace', emails: ['grace@example.org'] },
  { name: 'Grace', givenName: 'Grace' },
  { name: 'Hopper', familyName: 'Hopper' },
  { name: 'Hopper; Grace, and \\ others' },
  { name: '山田太郎' },
].map((person) => ({ givenName: null, familyName: null, ...person }));

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('cards over %s', (face) => {
  const filled = async (): Promise<TestProgram> => {
    const program = await shared.asAnother();
    for (const body of PEOPLE) expect((await program.ask('post', '/v1/contacts', { body })).status).toBe(201);
    return program;
  };
  const listed = async (program: TestProgram): Promise<Body[]> =>
    (await program.ask('get', '/v1/contacts?sort=id&fields=name,givenName,familyName,company,emails')).body.data;
  const fileOf = async (program: TestProgram, format: string): Promise<string> => {
    const query = `query ($format: ContactsFormat!) {
      exportContacts(format: $format, sort: [{ field: id, direction: asc }]) { text } }`;
    if (face === 'graphql') return (await program.graphql(query, { format })).body.data.exportContacts.text;
    return (await program.ask('get', `/v1/contacts/export?format=${format}&sort=id`).buffer(true)).text;
  };

  it.each(['vcard3', 'vcard4'])(
    '%s: are the same contacts when they are read back, here and elsewhere',
    async (format) => {
      const program = await filled();
      const before = await listed(program);
      const file = await fileOf(program, format);
      await program.events();
      const again = await new Importing(face, program).send(file, { source: 'vcard' });
      expect(again.it).toMatchObject({ total: PEOPLE.length, unchanged: PEOPLE.length, created: 0, updated: 0 });
      expect(again.rows.flatMap(({ problems }) => problems)).toEqual([]);
      expect(await program.events()).toEqual(['import.finished']);
      const elsewhere = await shared.asAnother();
      const first = await new Importing(face, elsewhere).send(file, { source: 'vcard' });
      expect(first.it).toMatchObject({ created: PEOPLE.length, skipped: 0 });
      expect(await listed(elsewhere)).toEqual(before);
    },
  );

  it('of version 3.0 have a name in the place where telephones look for one', async () => {
    const file = await fileOf(await filled(), 'vcard3');
    const names = file.split('\r\n').filter((line) => line.startsWith('N:'));
    expect(names).toEqual([
      ...['N:;Ada Lovelace;;;', 'N:Lovelace;Ada;;;', 'N:;Grace;;;', 'N:;Grace;;;', 'N:Hopper;;;;'],
      ...['N:;Hopper\\; Grace\\, and \\\\ others;;;', 'N:;山田太郎;;;'],
    ]);
  });

  it.each([
    ['Ada Lovelace', 'Ada', 'Lovelace'],
    ['山田太郎', '太郎', '山田'],
  ])('give the parts of the name %s that somebody told since', async (whole, givenName, familyName) => {
    const program = await shared.asAnother();
    await program.ask('post', '/v1/contacts', { body: { name: whole } });
    const file = (await fileOf(program, 'vcard3')).replace(`N:;${whole};;;`, `N:${familyName};${givenName};;;`);
    const { it } = await new Importing(face, program).send(file, { source: 'vcard' });
    expect(it).toMatchObject({ updated: 1 });
    expect(await listed(program)).toMatchObject([{ name: whole, givenName, familyName }]);
  });
});

import { parse } from 'csv-parse/sync';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from '../imports/importing.js';
import { asText } from './as-text.js';

const MARK = '\uFEFF';
const PEOPLE = [
  { name: 'Öztürk', emails: ['oe@example.org'], tags: ['çay', 'über uns'] },
  { name: '=Zoë', emails: ['zoe@example.org'], phones: ['+49 40 123456'], notes: 'Two\nlines, "quoted"' },
];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('a table for Excel, over %s', (face) => {
  const exported = async (program: TestProgram, format: string): Promise<string> => {
    if (face === 'graphql') {
      const query = `query ($format: ContactsFormat!) { exportContacts(format: $format, first: 100) { text } }`;
      return (await program.graphql(query, { format })).body.data.exportContacts.text;
    }
    return String((await program.ask('get', `/v1/contacts/export?format=${format}`).buffer(true).parse(asText)).body);
  };
  const listed = async (program: TestProgram): Promise<unknown[]> => {
    const { body } = await program.ask('get', '/v1/contacts?fields=name,emails,phones,tags,notes&sort=name');
    return (body.data as Record<string, unknown>[]).map(({ id: _id, ...rest }) => rest);
  };

  it('is that of csv with a byte order mark in front, once', async () => {
    const program = await shared.asAnother();
    for (const body of PEOPLE) await program.ask('post', '/v1/contacts', { body });
    const file = await exported(program, 'excel');
    expect(file).toBe(`${MARK}${await exported(program, 'csv')}`);
    expect(Buffer.from(file).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(file.lastIndexOf(MARK)).toBe(0);
    const rows = parse(file, { bom: true, columns: true }) as { name: string }[];
    expect(rows.map(({ name }) => name).sort()).toEqual(["'=Zoë", 'Öztürk']);
  });

  it('comes back as the same people, here and in another account', async () => {
    const home = await shared.asAnother();
    for (const body of PEOPLE) await home.ask('post', '/v1/contacts', { body });
    const file = await exported(home, 'excel');
    const before = await listed(home);
    await home.events();
    expect((await new Importing(face, home).send(file, { source: 'csv' })).it).toMatchObject({
      created: 0,
      skipped: 0,
    });
    expect(await listed(home)).toEqual(before);
    const away = await shared.asAnother();
    expect((await new Importing(face, away).send(file, { source: 'csv' })).it).toMatchObject({
      created: 2,
      skipped: 0,
    });
    expect(await listed(away)).toEqual(before);
  });
});

import { TestProgram } from '../../../harness/program.js';
import { Importing } from './importing.js';

const MB = 1_048_576;
const GOOGLE = 'First Name,Last Name,Labels,E-mail 1 - Value';
const card = (...lines: readonly string[]): string => `BEGIN:VCARD\nVERSION:3.0\n${lines.join('\n')}\nEND:VCARD\n`;
const GOOD = card('FN:Good One', 'EMAIL:good@example.org');

/** What is refused at once, or fails as a whole: it leaves no contact. */
const REFUSED = [
  ['a cell of 1 MB', 'google', `${GOOGLE}\nAda,"${'x'.repeat(MB)}",,\n`, /longer than 65536/],
  [
    'a quotation mark that never ends',
    'csv',
    `Name,Email\nAda,a@x.org\n"Bob,b@x.org\n${'y\n'.repeat(MB)}`,
    /never ends/,
  ],
  ['a row of 100,000 columns', 'csv', `Name,Email\nAda,a@x.org\n${','.repeat(100_000)}\n`, /longer than 65536/],
  ['a header of 100,000 columns', 'outlook', `${'a,'.repeat(100_000)}\n`, /No line has the columns First Name/],
  ['a bomb in an archive', 'vcard', Buffer.from(`PK\u0003\u0004${'\u0000'.repeat(100)}`, 'latin1'), /ZIP archive/],
  ['more cards than an import takes', 'vcard', 'BEGIN:VCARD\nEND:VCARD\n'.repeat(100_001), /more than 100000 rows/],
  ['cards that never end', 'vcard', 'BEGIN:VCARD\n'.repeat(150_000), /more than 100000 rows/],
  ['a table sent as cards', 'vcard', `${GOOGLE}\nAda,L,,\n`, /no line BEGIN:VCARD/],
  ['messages sent as a table of Google', 'google', 'CONVERSATION ID,FROM\n1,2\n', /No line has the columns First Name/],
] as const;

/** What is read as far as it makes sense, and the rest told: the name, and what the row or the file says. */
const READ = [
  ['U+0000 in names', 'google', `${GOOGLE}\nA\u0000da,Love\u0000lace,,\n`, ['Ada Lovelace'], /^$/],
  [
    'halves of letters in UTF-16',
    'google',
    Buffer.concat([
      Buffer.from(`\ufeff${GOOGLE}\nAda`, 'utf16le'),
      Buffer.from([0x00, 0xd8]),
      Buffer.from(',L,,\n', 'utf16le'),
    ]),
    ['Ada\ufffd L'],
    /^$/,
  ],
  [
    'a line of 5 MB',
    'vcard',
    card(`NOTE:${'x'.repeat(5 * MB)}`, 'FN:Ada') + GOOD,
    ['Ada', 'Good One'],
    /Line 3 is too long.*notes were cut/,
  ],
  [
    'a value folded a million times',
    'vcard',
    card(`NOTE:x\n${' x\n'.repeat(MB)}FN:Ada`) + GOOD,
    ['Ada', 'Good One'],
    /too long/,
  ],
  [
    'a soft break that never ends',
    'vcard',
    card('FN:Ada', `NOTE;ENCODING=QUOTED-PRINTABLE:${'x=\n'.repeat(100_000)}`) + GOOD,
    ['Ada', 'Good One'],
    /too long/,
  ],
  [
    'a card of 200,000 lines',
    'vcard',
    card('FN:Ada', Array.from({ length: 200_000 }, (_, n) => `X-${n}:1`).join('\n')) + GOOD,
    ['Ada', 'Good One'],
    /199002 of its lines were left out/,
  ],
  [
    'a picture of 10 MB',
    'vcard',
    card('FN:Ada', `PHOTO;ENCODING=b:${'A'.repeat(5 * MB)}\n${` ${'B'.repeat(70)}\n`.repeat(70_000)}`) + GOOD,
    ['Ada', 'Good One'],
    /^Not taken over: PHOTO\.$/,
  ],
  [
    'cards within cards',
    'vcard',
    card('FN:Ada', `${'AGENT:\nBEGIN:VCARD\nFN:Inner\nEND:VCARD\n'.repeat(50)}`) + GOOD,
    ['Ada', 'Good One'],
    /Not taken over: AGENT/,
  ],
  [
    'encodings that do not exist',
    'vcard',
    card('FN;CHARSET=klingon;ENCODING=QUOTED-PRINTABLE:Ad=E4=ZZ', 'X-ABLabel'),
    ['Adä=ZZ'],
    /“X-ABLabel” is not a property/,
  ],
  [
    'names of objects as labels',
    'vcard',
    card('FN:Ada', 'item1.X-ABDATE:2001-01-01', 'item1.X-ABLabel:__proto__', 'constructor:1', 'N:;;;;'),
    ['Ada'],
    /Not taken over: CONSTRUCTOR/,
  ],
  [
    'a thousand addresses',
    'vcard',
    card('FN:Ada', ...Array.from({ length: 900 }, (_, n) => `EMAIL:a${n}@x.org`)),
    ['Ada'],
    /Only the first 20 of 900 e-mail addresses/,
  ],
] as const;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

async function sent(source: 'google' | 'outlook' | 'csv' | 'vcard', file: string | Buffer) {
  const program = await shared.asAnother();
  const told = await new Importing('rest', program).send(typeof file === 'string' ? Buffer.from(file) : file, {
    source,
  });
  const { data } = (await program.ask('get', '/v1/contacts?sort=id')).body;
  return { ...told, contacts: data as Record<string, unknown>[] };
}

it.each(REFUSED)('%s leaves nothing', async (_, source, file, reason) => {
  const { it, detail, contacts } = await sent(source, file);
  expect(String(it.failure ?? detail)).toMatch(reason);
  expect(contacts).toEqual([]);
});

it.each(READ)('%s is read as far as it makes sense', async (_, source, file, names, problems) => {
  const { it, detail, rows, contacts } = await sent(source, file);
  expect([detail, it.state]).toEqual(['', 'applied']);
  expect(contacts.map(({ name }) => name)).toEqual(names);
  expect((rows[0]?.problems as string[]).join(' ')).toMatch(problems);
});

it('a card with the id of a contact of mine is that contact, and one of somebody else is a new one', async () => {
  const [mine, theirs] = [await shared.asAnother(), await shared.asAnother()];
  const made = async (program: TestProgram) =>
    (await program.ask('post', '/v1/contacts', { body: { name: 'Old Name', emails: ['old@example.org'] } })).body.id;
  const [own, other] = [String(await made(mine)), String(await made(theirs))];
  const file =
    card(`UID:urn:uuid:${own.toUpperCase()}`, 'FN:New Name', 'TITLE:CTO') +
    card(`UID:urn:uuid:${other}`, 'FN:Stranger');
  const importing = new Importing('rest', mine);
  const { it } = await importing.send(file, { source: 'vcard' });
  expect(it).toMatchObject({ created: 1, updated: 1 });
  const { data } = (await mine.ask('get', '/v1/contacts?sort=id')).body;
  expect(data).toMatchObject([{ id: own, name: 'Old Name', title: 'CTO' }, { name: 'Stranger' }]);
  expect((await theirs.ask('get', `/v1/contacts/${other}`)).body.name).toBe('Old Name');
  await mine.ask('delete', `/v1/contacts/${own}`);
  expect((await importing.send(file, { source: 'vcard' })).rows[0]).toMatchObject({
    outcome: 'skipped',
    problems: ['You deleted this contact: restore it to import it again.'],
  });
});

it('what I edited, and what I took out, stays when the file says more', async () => {
  const program = await shared.asAnother();
  const importing = new Importing('rest', program);
  const first = [
    'UID:1',
    'FN:Ada L',
    'NOTE:one',
    'EMAIL:a@x.org',
    'TEL:+49 30 1',
    'CATEGORIES:x,y',
    'NICKNAME:A',
    'X-MANAGER:M',
  ];
  await importing.send(card(...first), { source: 'vcard' });
  const [ada] = (await program.ask('get', '/v1/contacts')).body.data;
  await program.ask('patch', `/v1/contacts/${ada.id}`, {
    body: { notes: 'mine', emails: [], tags: ['x'], custom: { nickname: 'Me' } },
  });
  const second = [
    'UID:1',
    'FN:Ada Lovelace',
    'NOTE:two',
    'EMAIL:a@x.org',
    'EMAIL:b@x.org',
    'TEL:0049-30-1',
    'CATEGORIES:x,y,z',
    'NICKNAME:B',
    'X-MANAGER:N',
  ];
  const { it, rows } = await importing.send(card(...second), { source: 'vcard' });
  expect(it).toMatchObject({ updated: 1 });
  expect((await program.ask('get', `/v1/contacts/${ada.id}`)).body).toMatchObject({
    ...{ name: 'Ada Lovelace', notes: 'mine', emails: ['b@x.org'], phones: ['+49 30 1'], tags: ['x', 'z'] },
    custom: { nickname: 'Me', manager: 'N' },
  });
  expect(rows[0]?.problems).toEqual([
    'Notes was edited here and stays “mine”; the file says “two”.',
    'The field nickname was edited here and stays; the file says “B”.',
  ]);
});

it('proposes what the columns of a table are, and keeps nothing', async () => {
  const program = await shared.asAnother();
  const csv = 'list of guests\nWer;Mail;Firma;Datum\nAda Lovelace;ada@x.org;Engines;7.2.2022\nBob;at home;;\n';
  const input = { csv, mapping: { name: 'Wer' } };
  const query = `query ($input: ProposeMappingInput!) { proposeMapping(input: $input) { encoding delimiter headerLine
    columns { name field examples } rows { line name emails company problems } } }`;
  const expected = {
    ...{ encoding: 'utf-8', delimiter: ';', headerLine: 2 },
    columns: [
      { name: 'Wer', field: 'name', examples: ['Ada Lovelace', 'Bob'] },
      { name: 'Mail', field: 'email', examples: ['ada@x.org', 'at home'] },
      { name: 'Firma', field: 'company', examples: ['Engines'] },
      { name: 'Datum', field: null, examples: ['7.2.2022'] },
    ],
    rows: [
      { line: 3, name: 'Ada Lovelace', emails: ['ada@x.org'], company: 'Engines', problems: [] },
      {
        line: 4,
        name: 'Bob',
        emails: [],
        company: null,
        problems: ['“at” is not an e-mail address.', '“home” is not an e-mail address.'],
      },
    ],
  };
  expect((await program.graphql(query, { input })).body).toEqual({ data: { proposeMapping: expected } });
  const answer = await fetch(`${program.address}/v1/imports/csv/proposal?mapping[name]=Wer`, {
    method: 'POST',
    headers: { authorization: `Bearer ${program.key}`, 'content-type': 'text/csv' },
    body: csv,
  });
  expect([answer.status, await answer.json()]).toEqual([200, expected]);
  const wrong = await program.graphql(query, { input: { csv, mapping: { name: 'Who' } } });
  expect(wrong.body.errors[0].message).toMatch(/No line has the columns Who\. The file has: Wer, Mail, Firma, Datum\./);
  expect((await program.ask('get', '/v1/imports')).body.data).toEqual([]);
});

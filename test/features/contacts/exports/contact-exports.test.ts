import { parse } from 'csv-parse/sync';
import { contactCard } from '../../../../src/features/contacts/exports/contact-card.js';
import { CONTACT_FORMATS } from '../../../../src/features/contacts/exports/contact-formats.js';
import type { ExportedContact } from '../../../../src/features/contacts/exports/exported-contact.js';
import { TestProgram } from '../../../harness/program.js';
import { asText } from './as-text.js';
import { cardsIn, hostileContact } from './hostile-contacts.js';
import type { CardFields } from './hostile-contacts.js';

const MANY = 2_000;
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

const generated = Array.from({ length: MANY }, (_, n) => hostileContact(n));
const exported = (contact: CardFields): ExportedContact =>
  ({
    updatedAt: '2026-11-29T09:00:00.000Z',
    favourite: false,
    archived: false,
    doNotContact: false,
    custom: {},
    phoneNumbers: contact.phones.slice(0, 1).map((phone) => phone.replaceAll(' ', '')),
    ...contact,
  }) as ExportedContact;

describe('contacts as files', () => {
  it.each(['3.0', '4.0'] as const)('another reader finds each of them in a vCard %s', (version) => {
    const text = generated.map((contact) => contactCard(exported(contact), version)).join('');
    expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))).toEqual([]);
    expect(text.match(/^BEGIN:VCARD\r$/gm)).toHaveLength(MANY);
    expect(cardsIn(text)).toEqual(generated);
  });

  it('no cell of a table is a formula, and another reader finds each value', () => {
    const { before, write } = CONTACT_FORMATS.csv;
    const rows = parse(before + generated.map((contact) => write(exported(contact))).join(''), {
      columns: true,
    }) as Record<string, string>[];
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => FORMULA.test(cell))).toEqual([]);
    const bare = (cell = ''): string => cell.replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '');
    expect(rows.map((row) => bare(row.phoneNumbers))).toEqual(
      generated.map(({ phones }) => (phones.length > 0 ? '+442079460958' : '')),
    );
    expect(rows.map((row) => [row.id, bare(row.name), bare(row.phones), bare(row.notes), bare(row.tags)])).toEqual(
      generated.map(({ id, name, phones, notes, tags }) => [id, name, phones.join('\n'), notes ?? '', tags.join('\n')]),
    );
  });
});

describe('exporting contacts', () => {
  let program: TestProgram;
  const sent = Array.from({ length: 60 }, (_, n) => hostileContact(n * 7));

  beforeAll(async () => {
    program = await TestProgram.start();
    const operations = sent.map(({ id: _, ...create }, n) => ({
      create: { ...create, tags: [n % 2 ? 'odd' : 'even'] },
    }));
    const { status, text } = await program.ask('post', '/v1/contacts/batch', { body: { operations } });
    if (status !== 200) throw new Error(text);
    await program.ask('post', '/v1/contacts', { key: await program.anotherAccount(), body: { name: 'Not mine' } });
  });
  afterAll(() => program.stop());

  const listed = async (query: string): Promise<{ id: string; name: string }[]> =>
    (await program.ask('get', `/v1/contacts?first=100&${query}`)).body.data;
  const named = (file: string): string[] => cardsIn(file).map(({ name }) => name);

  it('REST sends the whole list in one answer, as the list shows it', async () => {
    const all = await listed('sort=name');
    const json = await program.ask('get', '/v1/contacts/export?sort=name');
    expect(json.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename="contacts.json"',
    });
    expect(JSON.parse(json.text ?? String(json.body))).toEqual(all);
    const csv = await program.ask('get', '/v1/contacts/export?format=csv&sort=name');
    expect((parse(csv.text, { columns: true }) as { id: string }[]).map(({ id }) => id)).toEqual(
      all.map(({ id }) => id),
    );
    const query = 'filter[tags][has]=odd&sort=-name';
    const cards = await program.ask('get', `/v1/contacts/export?format=vcard3&${query}`).buffer(true).parse(asText);
    expect(named(String(cards.body))).toEqual((await listed(query)).map(({ name }) => name));
  });

  it('GraphQL gives the same file in parts', async () => {
    for (const format of ['json', 'csv', 'excel', 'vcard3', 'vcard4']) {
      const whole = await program
        .ask('get', `/v1/contacts/export?format=${format}&sort=name`)
        .buffer(true)
        .parse(asText);
      let [joined, after, more] = ['', null as string | null, true];
      while (more) {
        const asked = `query ($format: ContactsFormat!, $after: String) {
          exportContacts(format: $format, first: 25, after: $after, sort: [{ field: name, direction: asc }]) { text endCursor hasNextPage } }`;
        const { exportContacts: part } = (await program.graphql(asked, { format, after })).body.data;
        joined += part.text;
        [after, more] = [part.endCursor, part.hasNextPage];
      }
      expect(joined).toBe(String(whole.body));
    }
  });

  it('both faces write one contact as a card', async () => {
    const [{ id, name }] = (await listed('sort=name')) as [{ id: string; name: string }];
    const rest = await program.ask('get', `/v1/contacts/${id}/vcard`).buffer(true).parse(asText);
    const { body } = await program.graphql(`{ contactVcard(id: "${id}") }`);
    expect(body.data.contactVcard).toBe(String(rest.body));
    expect(cardsIn(String(rest.body))).toMatchObject([{ id, name }]);
    const third = await program.ask('get', `/v1/contacts/${id}/vcard?format=vcard3`).buffer(true).parse(asText);
    expect(String(third.body)).toContain('VERSION:3.0');
  });

  it('refuses before the first byte', async () => {
    const nobody = '01890000-0000-7000-8000-000000000000';
    const refused = async (path: string): Promise<unknown[]> => {
      const { status, text: body } = await program.ask('get', path).buffer(true);
      const { code, detail } = JSON.parse(body) as Record<string, unknown>;
      return [status, code, detail];
    };
    expect(await refused('/v1/contacts/export?format=xls')).toEqual([
      400,
      'invalid_input',
      'format must be one of json, csv, excel, vcard3, vcard4.',
    ]);
    expect(await refused('/v1/contacts/export?filter[nope][eq]=1')).toEqual([400, 'invalid_input', expect.any(String)]);
    expect(await refused('/v1/contacts/export?first=5')).toEqual([400, 'invalid_input', expect.any(String)]);
    expect(await refused(`/v1/contacts/${nobody}/vcard`)).toEqual([404, 'not_found', expect.any(String)]);
    expect(await refused(`/v1/contacts/${nobody}/vcard?format=csv`)).toEqual([
      400,
      'invalid_input',
      expect.any(String),
    ]);
    const many = Array.from({ length: 20 }, (_, n) => `a${n}: exportContacts(first: 100) { text }`).join(' ');
    expect((await program.graphql(`{ ${many} }`)).body.errors[0].extensions.code).toBe('too_complex');
  });

  it('is an empty file for an empty account', async () => {
    const key = await program.anotherAccount();
    expect(
      JSON.parse((await program.ask('get', '/v1/contacts/export', { key }).buffer(true).parse(asText)).body),
    ).toEqual([]);
    const csv = await program.ask('get', '/v1/contacts/export?format=csv', { key });
    expect(csv.text).toMatch(/^name,givenName,.*\r\n$/);
  });
});

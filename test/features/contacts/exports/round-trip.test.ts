import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from '../imports/importing.js';
import { asText } from './as-text.js';
import { hostileContact } from './hostile-contacts.js';

const CARRIED = [
  ...['name', 'givenName', 'familyName', 'pronouns', 'emails', 'phones', 'links', 'company', 'title', 'location'],
  ...['timeZone', 'birthday', 'tags', 'notes'],
];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

/** Texts of one line, as they stand in an address book: a reader of files makes one space of several, and of a line end. */
const line = (text: string | null): string | null => text?.replace(/\s+/g, ' ').trim() ?? null;

/** Contacts with whatever a card has to escape, each with an address of its own. */
const contacts = Array.from({ length: 60 }, (_, n) => {
  const { id: _id, ...contact } = hostileContact(n * 7);
  return {
    ...contact,
    name: `${n} ${line(contact.name)}`.slice(0, 200).toWellFormed(),
    ...{ givenName: line(contact.givenName), familyName: line(contact.familyName) },
    ...{ company: line(contact.company), title: line(contact.title), location: line(contact.location) },
    emails: [`p${n}@example.org`, `ö+${n}@example.org`].slice(0, 1 + (n % 2)),
    phones: ['+44 20 7946 0958', '-3,4;5'].slice(0, n % 3),
    links: contact.links.map(({ kind, value }) =>
      kind === 'linkedin'
        ? { kind, value: `https://www.linkedin.com/in/ada-${n}` }
        : { kind, value: `${String(line(value))}${n}` },
    ),
    tags: [...new Set(contact.tags.map(line))],
  };
});

describe.each(faces)('vCards that were exported here, over %s', (face) => {
  it.each(['vcard3', 'vcard4'])('%s comes back as the same contacts', async (format) => {
    const home = await shared.asAnother();
    const operations = contacts.map((create) => ({ create }));
    const made = await home.ask('post', '/v1/contacts/batch', { body: { operations } });
    expect([made.status, made.body.errors]).toEqual([200, undefined]);
    const exported = await home.ask('get', `/v1/contacts/export?format=${format}`).buffer(true).parse(asText);
    const file = String(exported.body);
    const listed = async (program: TestProgram) =>
      (await program.ask('get', `/v1/contacts?first=100&fields=${CARRIED.join(',')}`)).body.data;
    const before = await listed(home);
    await home.events();
    const again = await new Importing(face, home).send(file, { source: 'vcard' });
    expect(again.rows.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
    expect(await home.events()).toEqual(['import.finished']);
    expect(await listed(home)).toEqual(before);
    const away = await shared.asAnother();
    const { it } = await new Importing(face, away).send(file, { source: 'vcard' });
    expect(it).toMatchObject({ created: contacts.length, skipped: 0 });
    const withoutId = (rows: Record<string, unknown>[]) =>
      rows.map(({ id: _id, ...rest }) => rest).sort((a, b) => (String(a.name) < String(b.name) ? -1 : 1));
    expect(withoutId(await listed(away))).toEqual(withoutId(before));
  });
});

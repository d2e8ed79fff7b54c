import { readFileSync, readdirSync } from 'node:fs';
import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from './importing.js';

/** What a file is to become: its contacts in the order of its rows, the rows of the report, and the notes, of which `*` is the rest. */
interface Expected {
  readonly charset?: string;
  readonly options?: object;
  readonly contacts: readonly object[];
  readonly rows?: readonly object[];
  readonly notes?: readonly string[];
}

const FILES = new URL('../../../../../test/features/contacts/imports/files/', import.meta.url);
const SOURCES = ['google', 'outlook', 'csv', 'vcard'] as const;
/** Each file of a source, made in the shape of what the vendor exports, with what is expected of it beside it. */
const CASES = SOURCES.flatMap((source) =>
  readdirSync(new URL(`${source}/`, FILES))
    .filter((name) => !name.endsWith('.json'))
    .map((name) => [source, name] as const),
);

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('an address book over %s', (face) => {
  it.each(CASES)('%s: %s', async (source, name) => {
    const program = await shared.asAnother();
    const importing = new Importing(face, program);
    const bytes = readFileSync(new URL(`${source}/${name}`, FILES));
    const beside = new URL(`${source}/${name.replace(/\.\w+$/, '.json')}`, FILES);
    const { charset, options, contacts, rows, notes } = JSON.parse(readFileSync(beside, 'utf8')) as Expected;
    const given = { source, ...options, ...(charset === undefined ? {} : { charset }) };
    const first = await importing.send(bytes, given);
    expect([first.detail, first.it.state]).toEqual(['', 'applied']);
    const found = async () => (await program.ask('get', '/v1/contacts?sort=id')).body.data;
    expect(await found()).toEqual(contacts.map((contact) => expect.objectContaining(contact)));
    if (rows) expect(first.rows).toEqual(rows.map((row) => expect.objectContaining(row)));
    if (notes) {
      const told = first.it.notes as string[];
      expect(told.map((note, n) => cut(note, notes[n]))).toEqual(notes);
    }
    // The rest is behind the faces.
    if (face === 'graphql') return;
    // The same file again: the same count, and no event of a contact.
    await program.events();
    const again = await importing.send(bytes, given);
    expect(again.it).toMatchObject({ unchanged: contacts.length, created: 0, updated: 0, total: first.it.total });
    expect(await program.events()).toEqual(['import.finished']);
    const { it } = await importing.act('reversal', first.it.id);
    expect(it).toMatchObject({ state: 'reverted', reverted: contacts.length });
    expect(await found()).toEqual([]);
  });
});

function cut(note: string, expected = ''): string {
  return expected.endsWith('*') ? `${note.slice(0, expected.length - 1)}*` : note;
}

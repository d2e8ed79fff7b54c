import { TestProgram } from '../../harness/program.js';
import type { Document, Schema } from '../isolation/document.js';
import { ownersWorld } from '../isolation/world.js';
import { withBound } from './bounds.js';
import type { Bound } from './bounds.js';
import { twinOf, writingsOf } from './operations.js';
import type { Writing } from './operations.js';

/** Texts in which a reader sees nothing. */
const BLANK: Readonly<Record<string, string>> = {
  spaces: '   ',
  'a line break and a tab': '\n\t',
  'a no-break space': '\u00a0',
  'an ideographic space': '\u3000',
  'a zero-width space': '\u200b',
  'joiners and marks of direction': '\u200d\u200e\u202e\u2066',
  'a byte order mark': '\ufeff',
  'a Hangul filler': '\u3164\u115f\uffa0',
  'blank braille': '\u2800',
  'a soft hyphen and a variation selector': '\u00ad\ufe0f',
  'language tags': '\u{e0041}',
};

/** What strangers wrote comes as it is: a mail may have no subject, and an automation then sends an empty text. The sender is not among it. */
const OF_STRANGERS: ReadonlySet<string> = new Set(
  ['to', 'subject', 'text', 'html', 'messageId'].map((field) => `receiveMessage /${field}`),
);

let program: TestProgram;
let document: Document;
let writings: readonly Writing[];

beforeAll(async () => {
  program = await TestProgram.start();
  document = (await program.ask('get', '/openapi.json')).body as Document;
  writings = writingsOf(document, await ownersWorld(program, document));
  await program.events();
});
afterAll(() => program.stop());

/** Every field of a body that is a text of one's own words, nested ones too. */
function textsOf(schema: Schema, path: Bound['path'] = []): Bound['path'][] {
  const name = schema.$ref?.split('/').at(-1);
  const {
    properties,
    items,
    anyOf,
    type,
    format,
    enum: words,
  } = name ? (document.components.schemas[name] ?? {}) : schema;
  if (anyOf) return anyOf.flatMap((one) => textsOf(one, path));
  if (items) return textsOf(items, [...path, 0]);
  if (properties) return Object.entries(properties).flatMap(([key, one]) => textsOf(one, [...path, key]));
  return [type].flat().includes('string') && !format && !words ? [path] : [];
}

describe.each(['rest', 'graphql'] as const)('over %s', (face) => {
  const pointersFor = async (writing: Writing, body: unknown): Promise<string[]> => {
    const twin = twinOf(program.schema, writing)?.(body);
    if (face === 'graphql' && !twin) return [];
    const { body: answer } =
      face === 'graphql' && twin
        ? await program.graphql(twin.query, twin.variables)
        : await program.ask(writing.method, writing.path, { body: body as object });
    const errors = face === 'rest' ? answer.errors : answer.errors?.[0]?.extensions.errors;
    return (errors ?? []).map(({ pointer }: { pointer: string }) => pointer);
  };

  it('no field takes a text in which nothing is visible, and each refusal names it', async () => {
    const taken: string[] = [];
    let asked = 0;
    for (const writing of writings) {
      if (face === 'graphql' && !twinOf(program.schema, writing)) continue;
      for (const [index, path] of textsOf(writing.schema).entries()) {
        const blanks = Object.entries(BLANK);
        const own = `/${path.join('/')}`;
        if (OF_STRANGERS.has(`${writing.id} ${own}`)) continue;
        for (const [what, value] of path.includes('name') ? blanks : [blanks[index % blanks.length] ?? ['', '']]) {
          const pointers = await pointersFor(writing, withBound(writing.example, { path, value }));
          asked += 1;
          if (!pointers.some((pointer) => own.startsWith(pointer) && pointer !== ''))
            taken.push(`${writing.id} ${own} takes ${what}: ${pointers}`);
        }
      }
    }
    expect(taken).toEqual([]);
    expect(asked).toBeGreaterThan(100);
    expect(await program.events()).toEqual([]);
  });

  it('takes what is visible, whatever else is in it', async () => {
    for (const name of ['👩‍💻', '\u200bAda\ufeff', 'שלום', 'ㅤ김', '—', '0', 'é']) {
      const create = writings.find(({ id }) => id === 'createContact');
      if (!create) throw new Error('createContact is gone');
      expect(await pointersFor(create, { name })).toEqual([]);
    }
    await program.events();
  });
});

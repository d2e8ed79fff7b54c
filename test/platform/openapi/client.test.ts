import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import openapiTypes, { astToString } from 'openapi-typescript';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';

/** What somebody writes with the generated types: it must compile as it stands, and then work against the program. */
const SAMPLE = `
import createClient from 'openapi-fetch';
import type { components, paths, webhooks } from './kith.js';

const [baseUrl = '', key = ''] = process.argv.slice(2);
const kith = createClient<paths>({ baseUrl, headers: { authorization: \`Bearer \${key}\` } });

const created: components['schemas']['Contact'][] = [];
for (const name of ['Ada Lovelace', 'Grace Hopper', 'Alan Kay']) {
  const { data, error } = await kith.POST('/v1/contacts', { body: { name, tags: ['pioneer'], tier: 'inner' } });
  if (!data) throw new Error(error.detail);
  created.push(data);
}
const [ada] = created;
if (!ada) throw new Error('nobody was made');

const wrong = await kith.POST('/v1/contacts', {
  // @ts-expect-error The field is called name.
  body: { nam: 'Alan Turing' },
});
const broken: string[] = wrong.error?.errors?.map(({ pointer, code }) => \`\${pointer} \${code}\`) ?? [];

// @ts-expect-error There is no such address.
const nowhere = await kith.GET('/v1/people');

const path = { id: ada.id };
const { data: changed } = await kith.PATCH('/v1/contacts/{id}', {
  params: { path },
  body: { company: 'Analytical Engines', howWeMet: null },
});
// @ts-expect-error A version is a number.
const version: string | undefined = changed?.version;

const pages: string[][] = [];
for (let after: string | undefined; ; ) {
  const query = { first: 2, sort: ['name' as const, 'id' as const], fields: ['id' as const, 'name' as const], ...(after ? { after } : {}) };
  const { data } = await kith.GET('/v1/contacts', { params: { query } });
  if (!data) throw new Error('no page');
  pages.push(data.data.map(({ name }) => name));
  if (!data.page.hasNextPage || data.page.endCursor === null) break;
  after = data.page.endCursor;
}

const found = await kith.GET('/v1/contacts', { params: { query: { 'filter[company][contains]': 'analytical', include: ['reminders'] } } });

type Due = webhooks['reminder.due']['post']['requestBody']['content']['application/json'];
const titleOf = (event: Due): string => event.data.title;
const kind: Due['type'] = 'reminder.due';

console.log(JSON.stringify({
  broken,
  nowhere: nowhere.response.status,
  company: changed?.company,
  version,
  pages,
  found: found.data?.data.map(({ name }) => name),
  told: [kind, typeof titleOf],
}));
`;

const COMPILER = {
  compilerOptions: {
    ...{ target: 'ES2023', module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023', 'DOM'] },
    ...{ strict: true, noUncheckedIndexedAccess: true, skipLibCheck: true, types: ['node'] },
  },
  files: ['sample.ts'],
};

let program: TestProgram;
let folder: string;

beforeAll(async () => {
  program = await TestProgram.start();
  folder = await mkdtemp(join(tmpdir(), 'kith-client-'));
  await symlink(resolve('node_modules'), join(folder, 'node_modules'));
  const document = JSON.parse(JSON.stringify(program.app.get(Docs).document)) as never;
  await writeFile(join(folder, 'kith.ts'), astToString(await openapiTypes(document)));
  await writeFile(join(folder, 'sample.ts'), SAMPLE);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(async () => {
  await program.stop();
  await rm(folder, { recursive: true, force: true });
});

/** In a process of its own, while this one answers it. */
function run(...words: string[]): Promise<{ readonly output: string; readonly failed: boolean }> {
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: folder }, (error, output, told) =>
      resolve({ output: output + told, failed: error !== null }),
    );
  });
}

describe('a client that is generated from the document', () => {
  it('compiles, and its types refuse what the program would refuse', async () => {
    expect(await run('node_modules/typescript/bin/tsc', '-p', '.')).toEqual({ output: '', failed: false });
  });

  it('works against the program', async () => {
    const { output } = await run('sample.js', program.address, program.key);
    expect(JSON.parse(output)).toEqual({
      broken: ['/nam unknownField', '/name isString'],
      nowhere: 404,
      company: 'Analytical Engines',
      version: 2,
      pages: [['Ada Lovelace', 'Alan Kay'], ['Grace Hopper']],
      found: ['Ada Lovelace'],
      told: ['reminder.due', 'function'],
    });
  });
});

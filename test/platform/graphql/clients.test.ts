import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse, printSchema } from 'graphql';
import { TestProgram } from '../../harness/program.js';

/** The operations that both generators compile: what somebody writes who pages backwards and changes what was read. */
const PAGE = `query ContactsPage($last: Int!, $before: String) {
  contacts(last: $last, before: $before, sort: [{ field: name }], filter: { company: { in: ["Foo, Inc."] } }) {
    edges { cursor node { id name company reminders(first: 1) { nodes { title dueAt } } } }
    pageInfo { startCursor hasPreviousPage } } }`;
const CREATE = `mutation CreateContact($input: CreateContactInput!) { createContact(input: $input) { contact { id version } } }`;
const CHANGE = `mutation ChangeContact($id: ID!, $version: Int!) {
  updateContact(id: $id, ifVersion: $version, input: { title: "Countess" }) { contact { version title } } }`;
const MISSING = `query MissingContact($id: ID!) { contact(id: $id) { name } account { name } }`;

/** Whatever generates the types, the same scenario: it must compile as it stands, and then work against the program. */
const scenario = (imports: string): string => `
${imports}
const [address = '', key = ''] = process.argv.slice(2);
const documents = ${JSON.stringify({ PAGE, CREATE, CHANGE, MISSING })};
async function ask<R, V>(query: string, variables: V): Promise<{ data: R; errors?: { extensions: { code: string } }[] }> {
  const response = await fetch(\`\${address}/graphql\`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: \`Bearer \${key}\` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: R };
}
const made: string[] = [];
for (const name of ['Ada', 'Alan', 'Grace']) {
  const { data } = await ask<Create, CreateVariables>(documents.CREATE, { input: { name, company: 'Foo, Inc.', tier: 'inner' } });
  made.push(data.createContact?.contact.id ?? '');
}
const [id = ''] = made;
// @ts-expect-error The field is called name.
const wrong: CreateVariables = { input: { nam: 'Alan' } };
const names: string[][] = [];
for (let before: string | null = null; ; ) {
  const { data }: { data: Page } = await ask<Page, PageVariables>(documents.PAGE, { last: 2, before });
  names.push(data.contacts.edges.map(({ node }) => node.name));
  before = data.contacts.pageInfo.startCursor ?? null;
  if (!data.contacts.pageInfo.hasPreviousPage) break;
}
const change = (version: number) => ask<Change, ChangeVariables>(documents.CHANGE, { id, version });
const changed = (await change(1)).data.updateContact?.contact;
const stale = await change(1);
const missing = await ask<Missing, MissingVariables>(documents.MISSING, { id: '01890000-0000-7000-8000-000000000000' });
console.log(JSON.stringify({
  names, changed, stale: stale.errors?.[0]?.extensions.code, missing: missing.data, sent: Object.keys(wrong.input),
}));
`;

const NAMES = { Page: 'ContactsPage', Create: 'CreateContact', Change: 'ChangeContact', Missing: 'MissingContact' };

/** Types of GraphQL Code Generator, as its core makes them from the schema and the documents. */
async function byCodegen(folder: string, schema: string): Promise<string> {
  const documents = Object.entries({ PAGE, CREATE, CHANGE, MISSING }).map(([location, text]) => ({
    location,
    document: parse(text),
  }));
  const text = await codegen({
    filename: 'kith.ts',
    schema: parse(schema),
    documents,
    config: {
      enumType: 'string-literal',
      scalars: { Instant: 'string', Date: 'string', Duration: 'string', JSON: 'Record<string, unknown>' },
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
  await writeFile(join(folder, 'kith.ts'), text);
  const imported = Object.entries(NAMES).flatMap(([name, operation]) => {
    const kind = name === 'Page' || name === 'Missing' ? 'Query' : 'Mutation';
    return [`${operation}${kind} as ${name}`, `${operation}${kind}Variables as ${name}Variables`];
  });
  return `import type { ${imported.join(', ')} } from './kith.js';`;
}

/** Artifacts of Relay's compiler, from tagged documents. Its rule is that a name begins with that of its module. */
async function byRelay(folder: string, schema: string): Promise<string> {
  await mkdir(join(folder, 'relay/__generated__'), { recursive: true });
  await writeFile(join(folder, 'schema.graphql'), schema);
  const imports: string[] = [];
  for (const [name, text] of Object.entries({ Page: PAGE, Create: CREATE, Change: CHANGE, Missing: MISSING })) {
    const kind = text.startsWith('query') ? 'Query' : 'Mutation';
    const tagged = text.replace(/^(\w+) \w+/, `$1 ${name}${kind}`);
    await writeFile(join(folder, `relay/${name}.ts`), `graphql\`${tagged}\`;\n`);
    const file = `./relay/__generated__/${name}${kind}.graphql.js`;
    imports.push(
      `import type { ${name}${kind}$data as ${name}, ${name}${kind}$variables as ${name}Variables } from '${file}';`,
    );
  }
  const scalars = { Instant: 'string', Date: 'string', Duration: 'string', JSON: 'string' };
  const config = {
    ...{
      src: './relay',
      schema: './schema.graphql',
      language: 'typescript',
      artifactDirectory: './relay/__generated__',
    },
    ...{ customScalarTypes: scalars, eagerEsModules: true },
  };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
  const { output, failed } = await run(folder, resolve('node_modules/relay-compiler/cli.js'), 'relay.config.json');
  if (failed) throw new Error(output);
  expect(await readdir(join(folder, 'relay/__generated__'))).toHaveLength(4);
  expect(await readFile(join(folder, 'relay/__generated__/PageQuery.graphql.ts'), 'utf8')).toContain('startCursor');
  return imports.join('\n');
}

const COMPILER = {
  compilerOptions: {
    ...{ target: 'ES2023', module: 'NodeNext', moduleResolution: 'NodeNext', lib: ['ES2023', 'DOM'] },
    ...{ strict: true, noUncheckedIndexedAccess: true, skipLibCheck: true, types: ['node'] },
  },
  files: ['sample.ts'],
};

/** In a process of its own, while this one answers it. */
function run(folder: string, ...words: string[]): Promise<{ readonly output: string; readonly failed: boolean }> {
  return new Promise((done) => {
    execFile(process.execPath, words, { cwd: folder }, (error, output, told) =>
      done({ output: output + told, failed: error !== null }),
    );
  });
}

describe.each([
  ['GraphQL Code Generator', byCodegen],
  ['Relay’s compiler', byRelay],
])('a client that is generated by %s', (_, generate) => {
  let program: TestProgram;
  let folder: string;

  beforeAll(async () => {
    program = await TestProgram.start();
    folder = await mkdtemp(join(tmpdir(), 'kith-client-'));
    await symlink(resolve('node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'sample.ts'), scenario(await generate(folder, printSchema(program.schema))));
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(COMPILER));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  });
  afterAll(async () => {
    await program.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('compiles, and works against the program', async () => {
    expect(await run(folder, 'node_modules/typescript/bin/tsc', '-p', '.')).toEqual({ output: '', failed: false });
    const { output } = await run(folder, 'sample.js', program.address, program.key);
    expect(JSON.parse(output)).toEqual({
      names: [['Alan', 'Grace'], ['Ada']],
      changed: { version: 2, title: 'Countess' },
      stale: 'precondition_failed',
      missing: { contact: null, account: { name: 'My career' } },
      sent: ['nam'],
    });
  });
});

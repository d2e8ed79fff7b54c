import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { writingsOf } from '../bounds/operations.js';
import type { Document } from '../isolation/document.js';
import { ownersWorld } from '../isolation/world.js';
import type { World } from '../isolation/world.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const NEW = { name: 'Ada' };

let program: TestProgram;
let document: Document;
let world: World;

beforeAll(async () => {
  program = await TestProgram.start();
  document = (await program.ask('get', '/openapi.json')).body as Document;
  world = await ownersWorld(program, document);
  await program.events();
});
afterAll(() => program.stop());

interface Write {
  readonly id: string;
  readonly method: 'post' | 'put' | 'patch' | 'delete';
  /** The address of a row that exists, and of one that does not. */
  readonly path: string;
  readonly missing: string;
  readonly body: object;
}

/** Every write of the document that is about one resource. */
function writesToOne(): Write[] {
  const bodies = new Map(writingsOf(document, world).map(({ id, example }) => [id, example as object]));
  return Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).flatMap(([method, { operationId: id }]): Write[] => {
      if (method === 'get' || !/\{id\}|\{externalId\}/.test(path)) return [];
      const plural = path.split('/')[2] ?? '';
      const of = (row: string, name: string): string =>
        path.replace('{id}', row).replace('{source}', 'crm').replace('{externalId}', name);
      const row = world.ids.get(plural === 'hooks' ? 'webhooks' : plural) ?? '';
      const body = bodies.get(id) ?? {};
      return [
        { id, method: method as Write['method'], path: of(row, 'owners-17'), missing: of(NOBODY, 'nobody'), body },
      ];
    }),
  );
}

const EXISTING = ['contacts', 'recruiters', 'interviews', 'rounds', 'reminders', 'interactions'];

describe('every write over REST', () => {
  it('is bound to the version, to whether it exists, and to whether it does not', async () => {
    const writes = writesToOne();
    expect(writes.length).toBeGreaterThan(35);
    const through: string[] = [];
    for (const { id, method, path, missing, body } of writes) {
      const tries: [string, string, string][] = [
        ['stale', path, 'if-match "999.x"'],
        ['weak', path, 'if-match W/"1.x"'],
        ['none', path, 'if-match "other"'],
        ['not there', missing, 'if-match *'],
        ['not there, with a version', missing, 'if-match "1.x"'],
        ['there', path, 'if-none-match *'],
      ];
      for (const [what, address, header] of tries) {
        const [name = '', ...value] = header.split(' ');
        const { status } = await program.ask(method, address, { headers: { [name]: value.join(' ') }, body });
        if (status !== 412) through.push(`${id}, ${what}: ${status}`);
      }
    }
    expect(through).toEqual([]);
    expect(await program.events()).toEqual([]);
  });

  it('creates nothing for a version, which nothing new can have', async () => {
    for (const plural of EXISTING) {
      for (const match of ['*', '"1.x"']) {
        const answer = await program.ask('post', `/v1/${plural}`, { headers: { 'if-match': match }, body: NEW });
        expect([plural, answer.status]).toEqual([plural, 412]);
      }
    }
    const batch = { operations: [{ create: NEW }] };
    const many = await program.ask('post', '/v1/contacts/batch', { headers: { 'if-match': '"1"' }, body: batch });
    expect(many.status).toBe(412);
    const made = await program.ask('post', '/v1/contacts', { headers: { 'if-none-match': '*' }, body: NEW });
    expect(made.status).toBe(201);
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('binds the account, which has no id in its address', async () => {
    const stale = { headers: { 'if-match': '"999.x"' }, body: { name: 'Other' } };
    expect((await program.ask('patch', '/v1/account', stale)).status).toBe(412);
    const { headers } = await program.ask('get', '/v1/account');
    const fresh = { headers: { 'if-match': String(headers.etag) }, body: { name: 'Mine' } };
    expect((await program.ask('patch', '/v1/account', fresh)).status).toBe(200);
    expect(await program.events()).toEqual(['account.updated']);
  });
});

describe('every mutation', () => {
  it('of something that may exist takes `ifVersion`, and is bound by it', async () => {
    const mutations = Object.values(program.schema.getMutationType()?.getFields() ?? {});
    const examples = new Map(writingsOf(document, world).map(({ id, path, example }) => [id, { path, example }]));
    const free = mutations.filter(({ args }) => !args.some(({ name }) => name === 'ifVersion'));
    expect(
      free
        .map(({ name }) => name)
        .filter(
          (name) =>
            !/^(create|batch)[A-Z]|^(import[A-Z]\w+|wrapUpEncounter|receiveMessage|catchUp|dismissDuplicate|bulkEditContacts)$/.test(
              name,
            ),
        ),
    ).toEqual([]);
    const paths = new Map(writesToOne().map(({ id, path }) => [id, path]));
    const through: string[] = [];
    for (const { name, args } of mutations.filter((one) => !free.includes(one))) {
      const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
      const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
      const returns = String(program.schema.getMutationType()?.getFields()[name]?.type);
      const query = `mutation (${declared}) { ${name}(${passed}) ${returns === 'ID' ? '' : '{ __typename }'} }`;
      const input = examples.get(name)?.example ?? {};
      const own = { id: paths.get(name)?.split('/')[3], source: 'crm', externalId: 'owners-17', input };
      for (const variables of [
        { ...own, ifVersion: 999 },
        { ...own, id: NOBODY, externalId: 'nobody', ifVersion: 1 },
      ]) {
        const { body } = await program.graphql(query, variables);
        const code = body.errors?.[0]?.extensions?.code;
        if (code !== 'precondition_failed') through.push(`${name}: ${JSON.stringify(body).slice(0, 200)}`);
      }
    }
    // The account exists, whatever id is given beside it.
    expect(through.filter((one) => !one.startsWith('updateAccount'))).toEqual([]);
    await program.events();
  });
});

describe.each(faces)('create or change by an external id over %s', (name) => {
  const put = async (externalId: string, input: object, condition: { version?: number; exists?: boolean }) => {
    const { version, exists } = condition;
    if (name === 'rest') {
      const headers = {
        ...(version === undefined ? {} : { 'if-match': `"${version}.x"` }),
        ...(exists === true ? { 'if-match': '*' } : {}),
        ...(exists === false ? { 'if-none-match': '*' } : {}),
      };
      const { status, body } = await program.ask('put', `/v1/contacts/by/hr/${externalId}`, { headers, body: input });
      return { code: status < 300 ? null : String(body.code), version: body.version as number };
    }
    const { body } = await program.graphql(
      `mutation ($externalId: String!, $input: CreateContactInput!, $ifVersion: Int, $ifExists: Boolean) {
        putContactByExternalId(source: "hr", externalId: $externalId, input: $input, ifVersion: $ifVersion, ifExists: $ifExists) {
          contact { version } } }`,
      { externalId, input, ifVersion: version ?? null, ifExists: exists ?? null },
    );
    const version_ = body.data?.putContactByExternalId?.contact.version as number;
    return { code: (body.errors?.[0]?.extensions.code as string | undefined) ?? null, version: version_ };
  };

  it('creates only, changes only, and only the version that was read', async () => {
    await program.events();
    const id = `${name}-1`;
    expect((await put(id, NEW, { exists: true })).code).toBe('precondition_failed');
    expect((await put(id, NEW, { version: 1 })).code).toBe('precondition_failed');
    expect(await put(id, NEW, { exists: false })).toEqual({ code: null, version: 1 });
    expect((await put(id, { name: 'Bob' }, { exists: false })).code).toBe('precondition_failed');
    expect(await put(id, { name: 'Bob' }, { version: 1 })).toEqual({ code: null, version: 2 });
    expect((await put(id, { name: 'Cy' }, { version: 1 })).code).toBe('precondition_failed');
    expect(await put(id, { name: 'Cy' }, { exists: true })).toEqual({ code: null, version: 3 });
    expect(await program.events()).toEqual(['contact.created', 'contact.updated', 'contact.updated']);
  });

  it('lets one of twenty create it', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => put(`${name}-race`, NEW, { exists: false })));
    expect(all.filter(({ code }) => code === null)).toHaveLength(1);
    expect(all.filter(({ code }) => code === 'precondition_failed')).toHaveLength(19);
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('binds the items of a batch, and a restoration', async () => {
    const face = faceOf(name, program);
    const { data } = await face.create('Contact', NEW);
    const id = String(data.id);
    const operations = [
      { update: { id, ifVersion: 7, set: { name: 'Dora' } } },
      { delete: { id, ifVersion: 7 } },
      { update: { id, ifVersion: 1, set: { name: 'Dora' } } },
      { delete: { id, ifVersion: 2 } },
    ];
    await program.events();
    const results =
      name === 'rest'
        ? (await program.ask('post', '/v1/contacts/batch?atomic=false', { body: { operations } })).body.data
        : (
            await program.graphql(
              `mutation ($operations: [ContactOperation!]!) { batchContacts(operations: $operations, atomic: false) { status } }`,
              { operations },
            )
          ).body.data.batchContacts;
    expect(results.map(({ status }: { status: number }) => status)).toEqual([412, 412, 200, 204]);
    expect(await program.events()).toEqual(['contact.updated', 'contact.deleted']);
    const { rows } = await program.pool.query('select version from contacts where id = $1', [id]);
    const restore = async (version: number): Promise<string | null> => {
      if (name === 'rest') {
        const headers = { 'if-match': `"${version}.x"` };
        const { status, body } = await program.ask('post', `/v1/contacts/${id}/restoration`, { headers });
        return status < 300 ? null : body.code;
      }
      const query = `mutation { restoreContact(id: "${id}", ifVersion: ${version}) { contact { id } } }`;
      return (await program.graphql(query)).body.errors?.[0]?.extensions.code ?? null;
    };
    expect(await restore(77)).toBe('precondition_failed');
    expect(await restore(rows[0].version)).toBeNull();
    expect(await program.events()).toEqual(['contact.restored']);
  });
});

import type { Response } from 'supertest';
import { KnownScopes } from '../../../src/platform/auth/known-scopes.js';
import { TestProgram } from '../../harness/program.js';
import { everythingAskedOf } from './graphql-asked.js';
import type { GraphqlAsked } from './graphql-asked.js';
import { CANARY, everythingOf, ownersWorld } from './world.js';
import type { World } from './world.js';

/** T1 over GraphQL: every field of both root types, by everyone who must not, about the rows of one account. */
describe('GraphQL', () => {
  let program: TestProgram;
  let world: World;
  let asked: GraphqlAsked[];
  let owner: string;

  beforeAll(async () => {
    program = await TestProgram.start();
    world = await ownersWorld(program, (await program.ask('get', '/openapi.json')).body);
    asked = everythingAskedOf(program.schema, world);
    owner = (await program.ask('get', '/v1/account')).body.id;
  });
  afterAll(() => program.stop());

  const send = ({ text, variables }: GraphqlAsked, key = program.key): PromiseLike<Response> =>
    program.graphql(text, variables, { key });
  const codeOf = ({ body }: Response): string | null => body.errors?.[0]?.extensions?.code ?? null;

  it('asks everything there is', () => {
    const { length } = Object.keys({
      ...program.schema.getQueryType()?.getFields(),
      ...program.schema.getMutationType()?.getFields(),
    });
    expect(new Set(asked.map(({ name }) => name)).size).toBe(length);
  });

  it('opens nothing without a key, or with a revoked one', async () => {
    const { body: made } = await program.ask('post', '/v1/keys', { body: { name: 'Gone', scopes: ['*'] } });
    await program.ask('post', `/v1/keys/${made.id}/revocation`);
    for (const key of ['', made.secret]) {
      for (const one of asked) expect([one.name, codeOf(await send(one, key))]).toEqual([one.name, 'unauthenticated']);
    }
  });

  it('lets nobody write with a key that only reads', async () => {
    const scopes = program.app.get(KnownScopes).all.filter((scope) => /^(?!installation).*:read$/.test(scope));
    const { body: made } = await program.ask('post', '/v1/keys', { body: { name: 'Reader', scopes } });
    await program.ask('get', '/v1/account', { key: made.secret });
    const before = await everythingOf(program, owner);
    for (const one of asked.filter(({ kind }) => kind === 'mutation')) {
      expect([one.name, codeOf(await send(one, made.secret))]).toEqual([one.name, 'forbidden']);
    }
    expect(await everythingOf(program, owner)).toBe(before);
  });

  it('shows, changes and links nothing of another account', async () => {
    const stranger = await program.anotherAccount();
    const { body: theirs } = await program.ask('get', '/v1/account', { key: stranger });
    const before = await everythingOf(program, owner);
    for (const one of asked) {
      const { status, text } = await send(one, stranger);
      expect([one.name, status < 500, text.includes(CANARY)]).toEqual([one.name, true, false]);
    }
    expect(await everythingOf(program, owner)).toBe(before);
    const linked = await everythingOf(program, theirs.id);
    expect([...world.ids].filter(([, id]) => linked.includes(id))).toEqual([]);
  });

  it('does all of it for the owner, so that the refusals above mean something', async () => {
    const codes: (string | null)[] = [];
    const ends = ({ name }: GraphqlAsked): number => Number(/^(delete|batch|revoke)/.test(name));
    for (const one of [...asked].sort((a, b) => ends(a) - ends(b))) codes.push(codeOf(await send(one)));
    expect(
      codes.filter((code) => ['internal', 'forbidden', 'unauthenticated', 'invalid_document'].includes(String(code))),
    ).toEqual([]);
    expect(codes.filter((code) => code === null).length).toBeGreaterThan(codes.length * 0.5);
  });
});

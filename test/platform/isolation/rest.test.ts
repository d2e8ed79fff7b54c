import { KnownScopes } from '../../../src/platform/auth/known-scopes.js';
import { TestProgram } from '../../harness/program.js';
import { everythingAsked } from './asked.js';
import type { Asked } from './asked.js';
import { CANARY, everythingOf, ownersWorld } from './world.js';
import type { World } from './world.js';

/** T1: every operation that the document offers, by everyone who must not, about the rows of one account. */
describe('REST', () => {
  let program: TestProgram;
  let world: World;
  let asked: Asked[];
  let owner: string;

  beforeAll(async () => {
    program = await TestProgram.start();
    const { body: document } = await program.ask('get', '/openapi.json');
    world = await ownersWorld(program, document);
    asked = everythingAsked(document, world);
    owner = (await program.ask('get', '/v1/account')).body.id;
  });
  afterAll(() => program.stop());

  const send = ({ method, path, body, mediaType }: Asked, key: string, headers: Record<string, string> = {}) => {
    if (typeof body !== 'string')
      return program.ask(method, path, body === undefined ? { key, headers } : { key, headers, body });
    return program.ask(method, path, { key, headers: { ...headers, 'content-type': mediaType } }).send(body);
  };
  const isOpen = ({ path }: Asked): boolean => path.startsWith('/health');

  it('asks everything there is', () => {
    const cells = new Set(asked.map(({ name }) => name));
    expect(cells.size).toBeGreaterThanOrEqual(60);
    expect([...world.ids.values()].filter((id) => !id)).toEqual([]);
  });

  it('opens nothing without a key, or with a revoked one', async () => {
    const { body: made } = await program.ask('post', '/v1/keys', { body: { name: 'Gone', scopes: ['*'] } });
    await program.ask('post', `/v1/keys/${made.id}/revocation`);
    for (const key of ['', 'kith_nobody', made.secret]) {
      const answers = await Promise.all(
        asked.filter((one) => !isOpen(one)).map((one) => send(one, key).then(({ status }) => [one.name, status])),
      );
      expect(answers.filter(([, status]) => status !== 401)).toEqual([]);
    }
  });

  it('lets nobody write with a key that only reads', async () => {
    const scopes = program.app.get(KnownScopes).all.filter((scope) => /^(?!installation).*:read$/.test(scope));
    const { body: made } = await program.ask('post', '/v1/keys', { body: { name: 'Reader', scopes } });
    await program.ask('get', '/v1/account', { key: made.secret });
    const before = await everythingOf(program, owner);
    // A proposal writes nothing: its file is only looked at.
    const writes = asked.filter(({ method, name }) => method !== 'get' && name !== 'proposeMapping');
    for (const one of writes) expect([one.name, (await send(one, made.secret)).status]).toEqual([one.name, 403]);
    expect(await everythingOf(program, owner)).toBe(before);
  });

  it('shows, changes and links nothing of another account', async () => {
    const stranger = await program.anotherAccount();
    const { body: theirs } = await program.ask('get', '/v1/account', { key: stranger });
    const kept = { 'idempotency-key': 'shared' };
    await program.ask('post', '/v1/contacts', { headers: kept, body: { name: CANARY } });
    const before = await everythingOf(program, owner);
    for (const one of asked) {
      const { status, text } = await send(one, stranger);
      expect([one.name, one.path, status < 500, text.includes(CANARY)]).toEqual([one.name, one.path, true, false]);
    }
    const repeated = await program.ask('post', '/v1/contacts', {
      key: stranger,
      headers: kept,
      body: { name: 'Mine' },
    });
    expect([repeated.status, repeated.headers['idempotency-replayed']]).toEqual([201, undefined]);
    expect(await everythingOf(program, owner)).toBe(before);
    const linked = await everythingOf(program, theirs.id);
    expect([...world.ids].filter(([, id]) => linked.includes(id))).toEqual([]);
  });

  it('does all of it for the owner, so that the refusals above mean something', async () => {
    const answers: [string, number][] = [];
    for (const one of asked) answers.push([one.name, (await send(one, program.key)).status]);
    expect(answers.filter(([, status]) => status >= 500 || status === 401 || status === 403)).toEqual([]);
    expect(answers.filter(([, status]) => status < 300).length).toBeGreaterThan(answers.length * 0.6);
  });
});

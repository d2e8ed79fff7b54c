import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { holdsScope } from '../../../src/platform/actor/actor.js';
import { KnownScopes } from '../../../src/platform/auth/known-scopes.js';
import { eventNamed } from '../../../src/platform/contract/catalogue.js';
import { EventFeed } from '../../../src/platform/events/feed/event-feed.js';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';
import { settled } from '../events/settled.js';

/** What only a key that may read contacts may see, wherever it looks. */
const SECRETS = { emails: ['canary@example.org'], phones: ['+49 30 111222333'], notes: 'A canary sings here.' };
const CANARIES = ['canary@example.org', '111222333', 'canary sings'];
const READS_CONTACTS = 'contacts:read';
const WHOLE = '/v1/account/export';

const CALENDAR = {
  timeZone: 'UTC',
  dayStartsAt: '09:00',
  checkBackPeriod: 'P3M',
  innerEvery: 'P1M',
  closeEvery: 'P3M',
  wideEvery: 'P6M',
  dormantEvery: null,
  quietFrom: null,
  quietUntil: null,
  quietWeekdays: [],
  openFrom: null,
  phoneRegion: null,
};

interface Key {
  readonly scopes: readonly string[];
  readonly secret: string;
}

let program: TestProgram;
let keys: Key[];
let changesBegin: string;

beforeAll(async () => {
  program = await TestProgram.start();
  changesBegin = (await program.ask('get', '/v1/changes?since=now')).body.page.next;
  const met = { tier: 'inner', metOn: '2025-01-01' };
  for (const name of ['Ada', 'Eve'])
    expect((await program.ask('post', '/v1/contacts', { body: { name, ...met, ...SECRETS } })).status).toBe(201);
  expect(await program.app.get(RingsService).ringDue()).toBe(2);
  const { all } = program.app.get(KnownScopes);
  const nouns = [...new Set(all.map((scope) => scope.split(':')[0] ?? ''))];
  const wanted = [['*'], ...all.map((scope) => [scope]), ...nouns.map((noun) => [`${noun}:*`, 'reminders:read'])];
  keys = await Promise.all(
    wanted.map(async (scopes) => {
      const { body } = await program.ask('post', '/v1/keys', { body: { name: 'A key', scopes } });
      return { scopes, secret: body.secret as string };
    }),
  );
  await settled(program.pool);
});
afterAll(() => program.stop());

const mayRead = ({ scopes }: Key): boolean => holdsScope(scopes, READS_CONTACTS);
const found = (text: string): string[] => CANARIES.filter((canary) => text.includes(canary));

/** Looks through one door with every key. Those that may read contacts must be able to see them there, if the door shows them at all. */
async function expectHidden(look: (key: Key) => Promise<string>, shown = true): Promise<void> {
  const seen = await Promise.all(keys.map(async (key) => ({ key, found: found(await look(key)) })));
  expect(seen.filter(({ key, found }) => !mayRead(key) && found.length > 0).map(({ key }) => key.scopes)).toEqual([]);
  if (shown)
    expect(seen.some(({ key, found }) => key.scopes.includes('*') && found.length === CANARIES.length)).toBe(true);
}

const rest = (path: string) => async (key: Key) => (await program.ask('get', path, { key: key.secret })).text;
const graphql = (query: string) => async (key: Key) => (await program.graphql(query, {}, { key: key.secret })).text;

/** The lists and single reads of REST that need no id. */
function paths(): string[] {
  const { paths } = program.app.get(Docs).document as { paths: Record<string, { get?: object }> };
  return Object.entries(paths).flatMap(([path, { get }]) => (get && !path.includes('{') ? [path] : []));
}

describe('what a key may not read it finds behind no door:', () => {
  it('every address of REST without an id', async () => {
    expect(paths().length).toBeGreaterThan(15);
    for (const path of paths()) if (path !== WHOLE) await expectHidden(rest(path), false);
  });

  it('but the file of the whole account, which is read with a scope of its own', async () => {
    const seen = await Promise.all(keys.map(async (key) => ({ key, found: found(await rest(WHOLE)(key)) })));
    const able = keys.filter(({ scopes }) => holdsScope(scopes, 'transfers:read'));
    expect(seen.filter(({ found }) => found.length > 0).map(({ key }) => key)).toEqual(able);
    expect(able.length).toBeLessThan(keys.length);
  });

  it('rings, alone and with their reminders', async () => {
    await expectHidden(rest('/v1/occurrences'));
    await expectHidden(rest('/v1/reminders?include=occurrences'));
    await expectHidden(graphql('{ occurrences { nodes { s: snapshot } } }'));
    await expectHidden(graphql('{ reminders { nodes { occurrences { nodes { snapshot } } } } }'));
    const { id } = (await program.ask('get', '/v1/occurrences?first=1&filter[state][eq]=open')).body.data[0];
    await expectHidden(rest(`/v1/occurrences/${id}`));
    await expectHidden(graphql(`{ node(id: "${id}") { ... on Occurrence { snapshot } } }`));
  });

  it('the log of changes', async () => {
    await expectHidden(rest(`/v1/changes?since=${encodeURIComponent(changesBegin)}`));
    await expectHidden(rest('/v1/changes?types=reminder.*'));
    await expectHidden(graphql('{ changes(types: ["reminder.*"]) { data { type data previous } } }'));
  });

  it('subscriptions', async () => {
    const { rows } = await program.pool.query<{ id: string; type: string; account: string }>(
      `select id, type, account_id as account from events order by transaction_id, sequence`,
    );
    const [{ id, account } = { id: '', account: '' }, ...later] = rows;
    const types = ['reminder.*', 'contact.*'];
    const asked = later.filter(({ type }) => /^(reminder|contact)\./.test(type));
    await expectHidden(async ({ scopes }) => {
      const visible = asked.filter(({ type }) => holdsScope(scopes, eventNamed(type)?.scope ?? ''));
      if (visible.length === 0) return '';
      const actor = { accountId: account, keyId: null, scopes, calendar: CALENDAR };
      const stream = await program.app.get(EventFeed).subscribe(actor, { types, subject: null, after: id });
      const texts: string[] = [];
      while (texts.length < visible.length) texts.push(JSON.stringify((await stream.next()).value));
      await stream.return();
      return texts.join();
    });
  });

  it('samples of hooks and messages of deliveries', async () => {
    await expectHidden(rest('/v1/hooks/samples/reminder.due'));
    const webhook = { url: 'https://example.com/hook', eventTypes: ['reminder.*'] };
    const { body } = await program.ask('post', '/v1/webhooks', { body: webhook });
    const { rows } = await program.pool.query<{ id: string }>(
      `insert into deliveries (account_id, id, created_at, updated_at, webhook_id, event_id, event_type, state)
        select e.account_id, new_id(), now(), now(), $1, e.id, e.type, 'delivered' from events e where e.type = 'reminder.due' limit 1
        returning id`,
      [body.id],
    );
    const both = await program.ask('post', '/v1/keys', {
      body: { name: 'Both', scopes: ['webhooks:read', 'reminders:read'] },
    });
    const path = `/v1/deliveries/${rows[0]?.id}/message`;
    const shown = await program.ask('get', path, { key: both.body.secret });
    expect([shown.status, found(shown.text)]).toEqual([200, []]);
    expect(found((await program.ask('get', path)).text)).toEqual(CANARIES);
  });
});

import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { fetchFeed } from './feeds.js';

const LATER = '2030-01-01T00:00:00Z';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
  await program.ask('post', '/v1/reminders', {
    body: { title: 'Seen in the calendar', dueAt: '2026-04-01T09:00:00Z' },
  });
});
afterAll(() => program.stop());
beforeEach(() => program.clock.set('2026-03-02T10:00:00.000Z'));

interface Key {
  readonly id: string;
  readonly secret: string;
}

async function keyOf(scopes: readonly string[], expiresAt?: string): Promise<Key> {
  const { body } = await program.ask('post', '/v1/keys', { body: { name: scopes.join(), scopes, expiresAt } });
  return body as Key;
}

/** What takes a key the right to read reminders, and what does not. */
const ENDS: readonly (readonly [what: string, end: (key: Key) => Promise<unknown>, opens: boolean])[] = [
  ['nothing happened to', () => Promise.resolve(), true],
  ['was revoked', ({ id }) => program.ask('post', `/v1/keys/${id}/revocation`), false],
  ['has expired', () => Promise.resolve(program.clock.set(LATER)), false],
  ['may read something else only', ({ id }) => narrowed(id, '{contacts:read}'), false],
  ['may write only', ({ id }) => narrowed(id, '{reminders:write}'), false],
  ['may read nothing but reminders', ({ id }) => narrowed(id, '{reminders:read}'), true],
];

function narrowed(id: string, scopes: string): Promise<unknown> {
  return program.pool.query('update api_keys set scopes = $2 where id = $1', [id, scopes]);
}

describe.each(faces)('an address given over %s', (name) => {
  async function asked(key: Key, rest: string, graphql: string): Promise<{ code: string | null; path: string }> {
    if (name === 'rest') {
      const input = rest === '' ? { body: { name: 'Mine' } } : {};
      const { body } = await program.ask('post', `/v1/calendarFeeds${rest}`, { key: key.secret, ...input });
      return { code: body.code ?? null, path: body.url ? new URL(body.url).pathname : '' };
    }
    const { body } = await program.graphql(`mutation { it: ${graphql} { id url } }`, {}, { key: key.secret });
    const { url } = body.data?.it ?? {};
    return { code: body.errors?.[0]?.extensions.code ?? null, path: url ? new URL(url).pathname : '' };
  }
  const make = (key: Key) => asked(key, '', 'createCalendarFeed(input: { name: "Mine" })');

  it.each(ENDS)('by a key that %s', async (_what, end, opens) => {
    const key = await keyOf(['reminders:*', 'contacts:read'], '2029-01-01T00:00:00Z');
    const { path } = await make(key);
    expect((await fetchFeed(program, path)).text).toContain('Seen in the calendar');
    await end(key);
    const { status, text } = await fetchFeed(program, path);
    expect([status, text.includes('BEGIN:VCALENDAR')]).toEqual(opens ? [200, true] : [404, false]);
  });

  it('by a key that may not read reminders is refused, at first and when it is renewed', async () => {
    const key = await keyOf(['reminders:write']);
    expect(await make(key)).toEqual({ code: 'forbidden', path: '' });
    const { body } = await program.ask('post', '/v1/calendarFeeds', { body: { name: 'Of the account' } });
    const renewed = await asked(key, `/${body.id}/secret`, `rotateCalendarFeed(id: "${body.id}")`);
    expect(renewed).toEqual({ code: 'forbidden', path: '' });
    expect((await fetchFeed(program, new URL(body.url).pathname)).status).toBe(200);
  });

  it('is of the key that renewed it', async () => {
    const [first, second] = [await keyOf(['reminders:*']), await keyOf(['reminders:*'])];
    const { path } = await make(first);
    const { rows } = await program.pool.query('select id from calendar_feeds where key_id = $1', [first.id]);
    const renewed = await asked(second, `/${rows[0].id}/secret`, `rotateCalendarFeed(id: "${rows[0].id}")`);
    await program.ask('post', `/v1/keys/${first.id}/revocation`);
    const statuses = [path, renewed.path].map(async (one) => (await fetchFeed(program, one)).status);
    expect(await Promise.all(statuses)).toEqual([404, 200]);
    await program.ask('post', `/v1/keys/${second.id}/revocation`);
    expect((await fetchFeed(program, renewed.path)).status).toBe(404);
  });
});

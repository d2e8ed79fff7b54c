import { TestProgram } from '../../../harness/program.js';
import { faceOf, faces } from '../../../harness/faces.js';
import { eventsIn, fetchFeed } from './feeds.js';

const PATH = /^\/calendars\/[\w-]{43}\.ics$/;
const FIELDS = 'id name lens createdAt url';

describe.each(faces)('calendar feeds over %s', (name) => {
  let program: TestProgram;
  let other: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start({ env: { PUBLIC_URL: 'https://kith.example.com/own/' } });
    other = await TestProgram.start({ database: program.database, clock: program.clock });
  });
  afterAll(async () => {
    await other.stop();
    await program.stop();
  });

  const over = async (rest: () => Promise<{ body: Body }>, query: string, variables: object): Promise<Body> => {
    if (name === 'rest') return (await rest()).body;
    const { body } = await program.graphql(query, variables);
    return body.data?.it ?? body.errors[0].extensions;
  };
  const make = (input: object): Promise<Body> =>
    over(
      async () => program.ask('post', '/v1/calendarFeeds', { body: input }),
      `mutation ($input: CreateCalendarFeedInput!) { it: createCalendarFeed(input: $input) { ${FIELDS} } }`,
      { input },
    );
  const rotate = (id: string): Promise<Body> =>
    over(
      async () => program.ask('post', `/v1/calendarFeeds/${id}/secret`),
      `mutation ($id: ID!) { it: rotateCalendarFeed(id: $id) { ${FIELDS} } }`,
      { id },
    );
  const pathOf = ({ url = '' }: Body): string => url.replace('https://kith.example.com/own', '');

  it('show their address once, and never again', async () => {
    const made = await make({ name: 'Phone', lens: 'touches' });
    expect(made).toEqual({
      id: made.id,
      name: 'Phone',
      lens: 'touches',
      createdAt: program.clock.now().toISOString(),
      url: expect.stringContaining('https://kith.example.com/own/calendars/'),
    });
    expect(pathOf(made)).toMatch(PATH);
    const face = faceOf(name, program);
    const { data } = await face.one('CalendarFeed', made.id ?? '');
    expect(Object.keys(data).sort()).toEqual(['createdAt', 'id', 'lens', 'name', 'updatedAt', 'version']);
    expect((await face.page('CalendarFeed')).rows).toEqual([data]);
    const { rows } = await program.pool.query('select t::text as row from calendar_feeds t where id = $1', [made.id]);
    const token = pathOf(made).slice('/calendars/'.length, -'.ics'.length);
    for (const part of [token, Buffer.from(token).toString('hex'), Buffer.from(token, 'base64url').toString('hex')])
      expect(rows[0].row).not.toContain(part);
    expect(await program.events()).toEqual([]);
  });

  it('refuse what they cannot be', async () => {
    expect(await make({ name: 'X', lens: 'all' })).toHaveProperty('url');
    expect(await make({ name: '' })).toMatchObject({ code: 'invalid_input' });
    if (name === 'rest') expect(await make({ name: 'X', lens: 'mine' })).toMatchObject({ code: 'invalid_input' });
  });

  it('open nothing any more once they are rotated or deleted, in every process at once', async () => {
    const made = await make({ name: 'Laptop' });
    const everywhere = async (path: string): Promise<number[]> =>
      Promise.all([program, other].map(async (one) => (await fetchFeed(one, path)).status));
    expect(await everywhere(pathOf(made))).toEqual([200, 200]);
    const again = await rotate(made.id ?? '');
    expect(again).toMatchObject({ id: made.id, name: 'Laptop', lens: 'all' });
    expect(await everywhere(pathOf(made))).toEqual([404, 404]);
    expect(await everywhere(pathOf(again))).toEqual([200, 200]);
    expect((await faceOf(name, program).remove('CalendarFeed', made.id ?? '')).code).toBeNull();
    expect(await everywhere(pathOf(again))).toEqual([404, 404]);
  });

  it('are nothing to another account', async () => {
    const stranger = faceOf(name, program, await program.anotherAccount());
    const { id = '' } = await make({ name: 'Mine alone' });
    expect((await stranger.one('CalendarFeed', id)).code).toBe('not_found');
    expect((await stranger.remove('CalendarFeed', id)).code).toBe('not_found');
    expect((await stranger.page('CalendarFeed')).rows).toEqual([]);
  });
});

interface Body {
  readonly id?: string;
  readonly url?: string;
}

describe('the address of a calendar', () => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await TestProgram.start();
  });
  afterAll(() => program.stop());

  const remind = async (title: string, key = program.key): Promise<void> => {
    await program.ask('post', '/v1/reminders', { key, body: { title, dueAt: '2026-03-10T12:00:00Z' } });
  };
  const feedOf = async (key: string): Promise<string> =>
    new URL((await program.ask('post', '/v1/calendarFeeds', { key, body: { name: 'C' } })).body.url).pathname;

  it('is no key, and a key is no address', async () => {
    const path = await feedOf(program.key);
    const token = path.slice('/calendars/'.length, -'.ics'.length);
    expect((await program.ask('get', '/v1/reminders', { key: token })).status).toBe(401);
    for (const name of [`${program.key}.ics`, `${token}`, `${token}.ICS`, '.ics', `${token}x.ics`, '%00.ics']) {
      const { status, headers, text } = await fetchFeed(program, `/calendars/${name}`);
      expect([name, status, headers.get('content-type')]).toEqual([name, 404, 'application/problem+json']);
      expect(JSON.parse(text)).toMatchObject({ code: 'not_found', detail: 'There is no such calendar.' });
    }
    expect((await fetchFeed(program, path, { method: 'POST' })).status).toBe(405);
  });

  it('shows one account, whoever asks', async () => {
    const stranger = await program.anotherAccount();
    await remind('Of the owner');
    await remind('Of the stranger', stranger);
    const [mine, theirs] = [await feedOf(program.key), await feedOf(stranger)];
    const seen = async (path: string, key?: string): Promise<(string | undefined)[]> => {
      const init = key ? { headers: { authorization: `Bearer ${key}` } } : {};
      return eventsIn((await fetchFeed(program, path, init)).text).map(({ SUMMARY }) => SUMMARY);
    };
    expect(await seen(mine)).toEqual(['Of the owner']);
    expect(await seen(mine, stranger)).toEqual(['Of the owner']);
    expect(await seen(theirs)).toEqual(['Of the stranger']);
    expect(await seen(theirs, program.key)).toEqual(['Of the stranger']);
  });

  it('keeps what it shows private, and sets no cookie', async () => {
    const { status, headers } = await fetchFeed(program, await feedOf(program.key));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('content-disposition')).toBe('attachment; filename="kith-all.ics"');
    expect(headers.get('cache-control')).toContain('private');
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('answers the same bytes, and 304 to whoever has them', async () => {
    const path = await feedOf(program.key);
    const first = await fetchFeed(program, path);
    program.clock.advance(3_600_000);
    const second = await fetchFeed(program, path);
    expect(second.bytes.equals(first.bytes)).toBe(true);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(second.headers.get('etag')).toBe(etag);
    const known = await fetchFeed(program, path, { headers: { 'if-none-match': `"other", ${etag}` } });
    expect([known.status, known.bytes.length, known.headers.get('etag')]).toEqual([304, 0, etag]);
    const head = await fetchFeed(program, path, { method: 'HEAD' });
    expect([head.status, head.bytes.length, head.headers.get('etag')]).toEqual([200, 0, etag]);
    await remind('Something new');
    const changed = await fetchFeed(program, path, { headers: { 'if-none-match': etag } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
  });
});

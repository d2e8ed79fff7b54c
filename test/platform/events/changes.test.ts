import supertest from 'supertest';
import { newId } from '../../../src/kit/ids.js';
import { countStatements } from '../../harness/statements.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { settled } from './settled.js';

interface Change {
  readonly id: string;
  readonly type: string;
  readonly resource: string;
  readonly resourceId: string;
  readonly occurredAt: string;
  readonly deleted: boolean;
  readonly data: Record<string, unknown> | null;
  readonly previous: Record<string, unknown> | null;
}

interface Page {
  readonly data: readonly Change[];
  readonly page: { readonly next: string; readonly hasMore: boolean };
  readonly code?: string;
  readonly status?: number;
}

type Asked = { since?: string; first?: number | string; types?: string };

describe.each(faces)('changes over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf(name, program);
  });
  afterAll(() => program.stop());

  const changes = async (asked: Asked = {}, key = program.key): Promise<Page> => {
    await settled(program.pool);
    const http = supertest(program.app.getHttpServer());
    const headers = { authorization: `Bearer ${key}` };
    if (name === 'rest') {
      const query = new URLSearchParams(asked as Record<string, string>);
      const { body, status } = await http.get(`/v1/changes?${query}`).set(headers);
      return { ...body, status };
    }
    const query = `query ($since: String, $first: Int, $types: [String!]) { changes(since: $since, first: $first, types: $types) {
      data { id type resource resourceId occurredAt deleted data previous } page { next hasMore } } }`;
    const variables = { ...asked, types: asked.types?.split(',') };
    const { body } = await http.post('/graphql').set(headers).send({ query, variables });
    return body.data?.changes ?? body.errors[0].extensions;
  };

  const walk = async (first: number, since?: string, key?: string): Promise<Change[]> => {
    const found: Change[] = [];
    for (let from = since; ;) {
      const { data, page } = await changes({ first, ...(from ? { since: from } : {}) }, key);
      found.push(...data);
      if (!page.hasMore) return found;
      from = page.next;
    }
  };

  const keyFor = async (...scopes: string[]): Promise<string> => {
    const http = supertest(program.app.getHttpServer()).post('/v1/keys').set('authorization', `Bearer ${program.key}`);
    return (await http.send({ name: scopes.join(), scopes })).body.secret;
  };

  it('tell what happened, in order, with a tombstone at the end', async () => {
    const { page } = await changes({ since: 'now' });
    const { data: contact } = await face.create('Contact', { name: 'Ada' });
    await face.update('Contact', String(contact.id), { name: 'Ada L.' });
    await face.remove('Contact', String(contact.id));
    const { data, page: end } = await changes({ since: page.next });
    const about = { resource: 'contact', resourceId: contact.id, occurredAt: program.clock.now().toISOString() };
    expect(data).toEqual([
      { id: expect.any(String), type: 'contact.created', ...about, deleted: false, data: contact, previous: null },
      {
        id: expect.any(String),
        type: 'contact.updated',
        ...about,
        deleted: false,
        data: expect.objectContaining({ id: contact.id, name: 'Ada L.', version: 2 }),
        previous: { name: 'Ada' },
      },
      { id: expect.any(String), type: 'contact.deleted', ...about, deleted: true, data: null, previous: null },
    ]);
    expect(end.hasMore).toBe(false);
    expect((await changes({ since: end.next })).data).toEqual([]);
  });

  it('walk the whole log in pages of any size', async () => {
    for (let i = 0; i < 7; i += 1) await face.create('Contact', { name: `No. ${i}` });
    const whole = (await walk(1_000)).map(({ id }) => id);
    const { rows } = await program.pool.query('select id from events order by transaction_id, sequence');
    expect(whole).toEqual(rows.map(({ id }) => id));
    for (const size of [1, 2, 3]) expect((await walk(size)).map(({ id }) => id)).toEqual(whole);
  });

  it('are one statement', async () => {
    const { statements } = await countStatements(() => changes());
    expect(statements.filter((text) => !text.includes('unsettled'))).toHaveLength(1);
  });

  it('take patterns of events, and name those there are', async () => {
    const { page } = await changes({ since: 'now' });
    await face.create('Contact', { name: 'Grace' });
    await face.create('Reminder', { title: 'Call', dueAt: '2027-01-01T09:00:00Z' });
    const types = async (patterns: string) =>
      (await changes({ since: page.next, types: patterns })).data.map(({ type }) => type);
    expect(await types('*')).toEqual(['contact.created', 'reminder.created']);
    expect(await types('reminder.*')).toEqual(['reminder.created']);
    expect(await types('contact.created,contact.updated')).toEqual(['contact.created']);
    expect(await types('webhook.*')).toEqual([]);
    expect(await changes({ types: 'contcat.*' })).toMatchObject({ code: 'invalid_input' });
  });

  it('show a key only what it may read', async () => {
    const { page } = await changes({ since: 'now' });
    await face.create('Contact', { name: 'Alan' });
    await face.create('Reminder', { title: 'Write', dueAt: '2027-01-01T09:00:00Z' });
    const seen = async (...scopes: string[]) =>
      (await walk(1, page.next, await keyFor(...scopes))).map(({ type }) => type);
    expect(await seen('contacts:read')).toEqual(['contact.created']);
    expect(await seen('reminders:*', 'contacts:write')).toEqual(['reminder.created']);
    expect(await seen('contacts:read', 'reminders:read')).toEqual(['contact.created', 'reminder.created']);
    expect(await changes({}, await keyFor('contacts:write'))).toMatchObject({ code: 'forbidden' });
    expect(await changes({ types: 'contact.*' }, await keyFor('reminders:read'))).toMatchObject({ code: 'forbidden' });
    expect(await changes({}, 'kith_nobody')).toMatchObject({ code: 'unauthenticated' });
  });

  it('show nothing of another account, and take none of its tokens', async () => {
    await face.create('Contact', { name: 'Mine' });
    const other = await program.anotherAccount();
    expect((await changes({}, other)).data).toEqual([]);
    const { page } = await changes({ first: 1 });
    expect(await changes({ since: page.next }, other)).toMatchObject({ code: 'invalid_cursor' });
  });

  it.each([
    [{ since: 'AAAA' }, 'invalid_cursor'],
    [{ since: '' }, 'invalid_cursor'],
    [{ since: '\u0000' }, 'invalid_cursor'],
    [{ first: 0 }, 'invalid_input'],
    [{ first: 1_001 }, 'invalid_input'],
  ])('refuse %j', async (asked, code) => {
    expect(await changes(asked)).toMatchObject({ code });
  });

  it('refuse a token that was tampered with, or is too long to be one', async () => {
    expect(await changes({ since: 'x'.repeat(501) })).toMatchObject({ code: 'invalid_input' });
    const { next } = (await changes({ first: 1 })).page;
    const flipped = next.slice(0, -1) + (next.endsWith('A') ? 'B' : 'A');
    expect(await changes({ since: flipped })).toMatchObject({ code: 'invalid_cursor' });
  });

  it('go on in a narrow view through a long stretch that it may not see', async () => {
    const account = (await program.pool.query('select id from accounts order by created_at limit 1')).rows[0].id;
    const { page } = await changes({ since: 'now' });
    await program.pool.query(
      `insert into events (account_id, id, type, subject_type, subject_id, occurred_at, data)
       select $1, new_id(), 'contact.updated', 'contact', $2, now(), '{}' from generate_series(1, 12000)`,
      [account, newId()],
    );
    await face.create('Reminder', { title: 'Far away', dueAt: '2027-01-01T09:00:00Z' });
    const key = await keyFor('reminders:read');
    const first = await changes({ since: page.next }, key);
    expect(first).toMatchObject({ data: [], page: { hasMore: true } });
    expect((await walk(100, page.next, key)).map(({ type }) => type)).toEqual(['reminder.created']);
    expect(await walk(1_000, page.next)).toHaveLength(12_001);
  });
});

import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

const PRIVATE = 'no-store';
const kept = async (path: string, method: 'get' | 'post' = 'get', body?: object): Promise<string> =>
  String((await program.ask(method, path, body ? { body } : {})).headers['cache-control']);

it('whatever is read, written or refused with a key is not stored on its way', async () => {
  const { paths } = program.app.get(Docs).document;
  const reads = Object.entries(paths).filter(([path, verbs]) => path.startsWith('/v1/') && 'get' in verbs);
  expect(reads.length).toBeGreaterThan(30);
  const { body } = await program.ask('post', '/v1/contacts', { body: { name: 'Ada' } });
  for (const [path] of reads) {
    for (const id of [String(body.id), 'x'])
      expect([path, await kept(path.replace(/\{\w+\}/g, id))]).toEqual([path, PRIVATE]);
  }
  expect(await kept('/v1/contacts', 'post', { name: 'Ada' })).toBe(PRIVATE);
  expect(await kept('/v1/contacts', 'post', {})).toBe(PRIVATE);
  expect(await kept('/nowhere')).toBe(PRIVATE);
});

it('nor are the answers of GraphQL, and the pages of action links', async () => {
  for (const query of ['{ account { name } }', '{ nobody }', '{ __schema { queryType { name } } }'])
    expect(await kept('/graphql', 'post', { query })).toBe(PRIVATE);
  expect(await kept('/actions/x/done')).toBe(PRIVATE);
  expect(await kept('/metrics')).toBe(PRIVATE);
});

it('calendars are asked for again, and what is the same for everybody may be kept', async () => {
  const { body } = await program.ask('post', '/v1/calendarFeeds', { body: { name: 'Mine', lens: 'all' } });
  const address = new URL(String(body.url)).pathname;
  expect(await kept(address)).toBe('private, no-cache');
  for (const path of ['/docs', '/docs/start.js', '/docs/swagger-ui.css', '/openapi.json', '/pages/style.css'])
    expect([path, await kept(path)]).toEqual([path, expect.stringMatching(/^public, /)]);
});

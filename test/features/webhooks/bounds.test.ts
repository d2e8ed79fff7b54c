import { TestProgram } from '../../harness/program.js';
import { WebhookFace } from './webhook-faces.js';

const MOST = 3;

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start({ env: { WEBHOOK_ENDPOINTS_PER_ACCOUNT: String(MOST) } });
});
afterAll(() => program.stop());

const url = 'https://example.com/hook';
const texts = (count: number, letters: number): object => ({
  or: Array.from({ length: count }, (_, n) => ({ title: { contains: String(n).padEnd(letters, 'x') } })),
});

describe.each(['rest', 'graphql'] as const)('over %s an account', (name) => {
  const faceOf = async (): Promise<{ face: WebhookFace; key: string }> => {
    const key = await program.anotherAccount();
    return { face: new WebhookFace(name, program, key), key };
  };
  const hook = async (key: string): Promise<{ status: number; code: string }> => {
    const body = { event: 'reminder.due', targetUrl: `${url}/hooked` };
    const { status, body: answer } = await program.ask('post', '/v1/hooks', { key, body });
    return { status, code: answer.code };
  };

  it('has so many endpoints, hooks included, and no more, also at once', async () => {
    const { face, key } = await faceOf();
    const made = await Promise.all(Array.from({ length: MOST + 3 }, () => face.create({ url })));
    expect(made.map(({ code }) => code).sort()).toEqual(['conflict', 'conflict', 'conflict', null, null, null]);
    expect(await hook(key)).toEqual({ status: 409, code: 'conflict' });
    const [kept] = made.filter(({ code }) => code === null);
    await program.ask('delete', `/v1/webhooks/${String(kept?.data.id)}`, { key });
    expect((await hook(key)).status).toBe(201);
    expect((await face.create({ url })).code).toBe('conflict');
    expect((await hook(key)).status).toBe(200);
  });

  it('has filters of bounded cost', async () => {
    const { face } = await faceOf();
    const refused = async (filter: object): Promise<(string | undefined)[]> => {
      const { errors } = await face.create({ url, eventTypes: ['reminder.due'], filter });
      return errors.flatMap(({ pointer, code }) => [pointer, code]);
    };
    expect(await refused(texts(20, 100))).toEqual([]);
    expect(await refused(texts(20, 101))).toEqual(['/filter', 'tooCostly']);
    expect(await refused({ not: { title: { startsWith: 'x'.repeat(200) } }, and: [texts(20, 91)] })).toEqual([
      '/filter',
      'tooCostly',
    ]);
    expect(await refused({ title: { in: Array.from({ length: 100 }, () => 'x'.repeat(200)) } })).toEqual([
      '/filter',
      'isSmall',
    ]);
  });
});

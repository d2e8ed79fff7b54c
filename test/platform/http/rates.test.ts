import { TestProgram } from '../../harness/program.js';

const LIMIT = 600;
const env = { RATE_LIMIT_PER_MINUTE: String(LIMIT) };

describe('rates', () => {
  let programs: TestProgram[];

  beforeAll(async () => {
    const first = await TestProgram.start({ env });
    const shared = { env, database: first.database, clock: first.clock };
    programs = [first, await TestProgram.start(shared), await TestProgram.start(shared)];
  });
  afterAll(async () => {
    for (const program of [...programs].reverse()) await program.stop();
  });

  it('C5: three processes together keep one limit, within 1 %', async () => {
    const [first] = programs as [TestProgram];
    const { key } = first;
    const asked = Array.from({ length: 900 }, (_, i) =>
      (programs[i % 3] as TestProgram).ask('get', '/v1/account', { key }),
    );
    const answers = await Promise.all(asked);
    const through = answers.filter(({ status }) => status === 200).length;
    expect(Math.abs(through - LIMIT)).toBeLessThanOrEqual(LIMIT / 100);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body.code).toBe('too_many_requests');
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused?.headers.ratelimit).toMatch(/^"key";r=0;t=\d+$/);
    expect(answers[0]?.headers['ratelimit-policy']).toBe(`"key";q=${LIMIT};w=60`);
    const { body } = await first.graphql('{ account { name } }');
    expect(body.errors[0].extensions.code).toBe('too_many_requests');
  });

  it('counts each key by itself, and one operation once', async () => {
    const [first] = programs as [TestProgram];
    const key = await first.anotherAccount();
    const { headers } = await first.graphql(
      '{ a: account { name } b: account { name } contacts { nodes { id } } }',
      {},
      { key },
    );
    expect(headers.ratelimit).toMatch(new RegExp(`^"key";r=${LIMIT - 1};t=\\d+$`));
  });
});

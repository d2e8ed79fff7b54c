import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe.each(faces)('keys over %s', (name) => {
  it('lists keys without their secrets', async () => {
    const face = faceOf(name, program);
    const page = await face.page('ApiKey');
    expect(page.code).toBeNull();
    expect(page.rows[0]).toMatchObject({ name: 'The first key', scopes: ['*'], revokedAt: null });
    expect(JSON.stringify(page.rows)).not.toContain(program.key.slice(20));
    expect(await program.events()).toEqual([]);
  });

  it('refuses a key that nobody made', async () => {
    const answer = await faceOf(name, program).as('kith_nobody').page('ApiKey');
    expect(answer.code).toBe('unauthenticated');
  });
});

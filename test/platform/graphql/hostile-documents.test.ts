import supertest from 'supertest';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe('a hostile document', () => {
  const ask = (body: unknown) =>
    supertest(program.app.getHttpServer())
      .post('/graphql')
      .set('authorization', `Bearer ${program.key}`)
      .set('content-type', 'application/json')
      .send(body as object);

  it.each([
    [
      'too deep',
      `{ contacts { nodes { interactions { nodes { contacts { nodes { interactions { nodes { contacts { nodes { interactions { nodes { contacts { nodes { id } } } } } } } } } } } } } } }`,
    ],
    ['too many aliases', `{ ${Array.from({ length: 100 }, (_, n) => `a${n}: account { id }`).join(' ')} }`],
    ['too many tokens', `{ account { ${'id '.repeat(5_000)} } }`],
    ['not GraphQL', '{ contacts('],
    ['nothing known', '{ nobody }'],
    ['fragments in a ring', '{ account { ...A } } fragment A on Account { ...B } fragment B on Account { ...A }'],
    ['an unknown variable', 'query ($a: Nope) { account { id } }'],
  ])('refuses what is %s, with a code and without a failure', async (_, query) => {
    const { status, body } = await ask({ query });
    expect(status).toBeLessThan(500);
    expect(body.errors[0].extensions.code).toMatch(/^(too_complex|malformed_document|invalid_document)$/);
    expect(JSON.stringify(body)).not.toMatch(/stack|node_modules/);
  });

  it('masks nothing of the caller and everything of ours', async () => {
    const { body } = await ask({ query: '{ contact(id: "nobody") { id } }' });
    expect(body.errors[0]).toMatchObject({
      extensions: { code: 'invalid_input', errors: [{ pointer: 'id', code: 'isUuid' }] },
    });
    const open = await supertest(program.app.getHttpServer()).post('/graphql').send({ query: '{ account { id } }' });
    expect(open.body.errors[0].extensions.code).toBe('unauthenticated');
  });

  it('refuses a simple form post: cross-site requests cannot act', async () => {
    const answer = await supertest(program.app.getHttpServer())
      .get('/graphql?query={account{id}}')
      .set('authorization', `Bearer ${program.key}`);
    expect(answer.status).toBe(400);
  });
});

import supertest from 'supertest';
import { Docs } from '../../../src/platform/http/docs.js';
import { TestProgram } from '../../harness/program.js';
import { RestContract } from '../../harness/rest-contract.js';
import type { Answered } from '../../harness/rest-contract.js';

let program: TestProgram;
let contract: RestContract;
let contact: Record<string, unknown>;

beforeAll(async () => {
  program = await TestProgram.start();
  contract = new RestContract(program.app.get(Docs).document as never);
  const { body } = await supertest(program.app.getHttpServer())
    .post('/v1/contacts')
    .set('authorization', `Bearer ${program.key}`)
    .send({ name: 'Ada Lovelace' });
  contact = body;
});
afterAll(() => program.stop());

const answered = (change: Partial<Answered> = {}, body: object = contact): Answered => ({
  method: 'GET',
  url: `/v1/contacts/${String(contact.id)}`,
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
  ...change,
});

/** The judge of every other scenario's answers must itself be able to say no. */
describe('the judge of REST answers', () => {
  it('takes what the program says, whole or sparse', () => {
    expect(contract.violation(answered())).toBeNull();
    const sparse = { id: contact.id };
    expect(contract.violation(answered({ url: `/v1/contacts/${String(contact.id)}?fields=id` }, sparse))).toBeNull();
    expect(program.rest.judged).toBeGreaterThan(0);
  });

  it.each<[string, () => Answered, RegExp]>([
    ['a status that is not documented', () => answered({ status: 418 }), /418, which is not documented/],
    ['another media type', () => answered({ contentType: 'text/html' }), /content type is text\/html/],
    ['a field that is missing', () => answered({}, { id: contact.id }), /required property 'name'/],
    ['a field that leaks', () => answered({}, { ...contact, accountId: contact.id }), /additional.*accountId/i],
    ['a wrong type', () => answered({}, { ...contact, favourite: 'yes' }), /\/favourite must be boolean/],
    ['a wrong format', () => answered({}, { ...contact, createdAt: 'yesterday' }), /\/createdAt must match format/],
    [
      'a leak in a page',
      () => answered({ url: '/v1/contacts' }, { data: [{ ...contact, secret: 1 }], page: {} }),
      /secret/,
    ],
    ['a body where none belongs', () => answered({ method: 'DELETE', status: 204 }), /a body where none/],
  ])('finds %s', (_, make, told) => {
    expect(contract.violation(make())).toMatch(told);
  });

  it('has no say where the document has none', () => {
    expect(contract.violation(answered({ url: '/docs' }))).toBeNull();
  });
});

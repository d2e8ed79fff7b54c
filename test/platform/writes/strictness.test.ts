import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

/** Creates or changes by an external id, and returns what is wrong. */
async function put(face: Face, type: string, plural: string, id: string, input: object): Promise<unknown> {
  if (face.name === 'rest') {
    const { status, body } = await program.ask('put', `/v1/${plural}/by/crm/${id}`, { body: input });
    return status < 300 ? null : [status, ...body.errors.map(({ pointer }: { pointer: string }) => pointer)];
  }
  const { body } = await program.graphql(
    `mutation ($id: String!, $input: Create${type}Input!) {
      put: put${type}ByExternalId(source: "crm", externalId: $id, input: $input) { __typename } }`,
    { id, input },
  );
  const { status, errors = [] } = body.errors?.[0]?.extensions ?? {};
  return body.errors ? [status, ...errors.map(({ pointer }: { pointer: string }) => pointer)] : null;
}

describe.each(faces)('create or change by an external id over %s', (name) => {
  let face: Face;
  beforeAll(() => (face = faceOf(name, program)));
  const made = async (type: string, input: Record<string, unknown>) => String((await face.create(type, input)).data.id);

  it('refuses another value of what cannot change, and takes the same again', async () => {
    const process = { company: 'Engines', role: 'Engineer', intent: 'serious' };
    const [one, other] = [await made('Interview', process), await made('Interview', process)];
    const round = { interviewId: one, kind: 'coding', startsAt: '2027-03-01T10:00:00Z' };
    expect(await put(face, 'Round', 'rounds', `${name}-r`, round)).toBeNull();
    await program.events();
    expect(await put(face, 'Round', 'rounds', `${name}-r`, { ...round, interviewId: one.toUpperCase() })).toBeNull();
    const moved = { ...round, interviewId: other, place: 'Elsewhere' };
    expect(await put(face, 'Round', 'rounds', `${name}-r`, moved)).toEqual([422, '/interviewId']);
    expect(await program.events()).toEqual([]);
  });

  it('refuses another contact of a recruiter, by id and whole', async () => {
    const contact = { name: 'Grace', emails: ['grace@example.org'] };
    const whole = { kind: 'agency', contact };
    expect(await put(face, 'Recruiter', 'recruiters', `${name}-w`, whole)).toBeNull();
    expect(await put(face, 'Recruiter', 'recruiters', `${name}-w`, whole)).toBeNull();
    const another = { kind: 'agency', contact: { ...contact, name: 'Other' } };
    expect(await put(face, 'Recruiter', 'recruiters', `${name}-w`, another)).toEqual([422, '/contact']);
    const other = await made('Contact', { name: 'Ada' });
    expect(await put(face, 'Recruiter', 'recruiters', `${name}-w`, { kind: 'agency', contactId: other })).toEqual([
      422,
      '/contactId',
    ]);
  });

  it('refuses another subject of a reminder', async () => {
    const subjectId = await made('Contact', { name: 'Ada' });
    const about = { title: 'Ask', dueAt: '2027-03-01T10:00:00Z', subjectType: 'contact', subjectId };
    expect(await put(face, 'Reminder', 'reminders', `${name}-s`, about)).toBeNull();
    expect(await put(face, 'Reminder', 'reminders', `${name}-s`, about)).toBeNull();
    const other = { ...about, subjectId: await made('Contact', { name: 'Bob' }) };
    expect(await put(face, 'Reminder', 'reminders', `${name}-s`, other)).toEqual([422, '/subjectId']);
  });
});

describe('a body over REST', () => {
  it.each([
    ['post', '/v1/contacts', { name: 'Ada', nope: null }, '/nope'],
    ['put', '/v1/contacts/by/crm/1', { name: 'Ada', id: 'x' }, '/id'],
    ['post', '/v1/contacts', { name: 'Ada', links: [{ kind: 'github', url: 'https://a.test', nope: 1 }] }, '/links'],
    ['post', '/v1/recruiters', { kind: 'agency', contact: { name: 'Ada', notes: 'x' } }, '/contact'],
    ['post', '/v1/contacts/batch', { operations: [{ create: { name: 'A' } }], atomic: false }, '/atomic'],
    ['post', '/v1/contacts/batch', { operations: [{ create: { name: 'A' }, note: null }] }, '/operations/0/note'],
    ['post', '/v1/contacts/batch', { operations: [{ create: { name: 'A', nope: 1 } }] }, '/operations/0/create/nope'],
    [
      'post',
      '/v1/contacts/batch',
      { operations: [{ delete: { id: '01890000-0000-7000-8000-000000000000', force: true } }] },
      '/operations/0/delete/force',
    ],
    [
      'post',
      '/v1/contacts/batch',
      { operations: [{ update: { id: '01890000-0000-7000-8000-000000000000', set: {}, nope: 1 } }] },
      '/operations/0/update/nope',
    ],
    ['post', '/v1/webhooks', { url: 'https://a.test', eventTypes: ['*'], filter: { nope: { eq: 1 } } }, '/filter/nope'],
  ] as const)('%s %s names the key that is unknown: %j', async (method, path, body, pointer) => {
    await program.events();
    const answer = await program.ask(method, path, { body });
    expect([answer.status, answer.body.errors?.map((one: { pointer: string }) => one.pointer)]).toEqual([
      422,
      [pointer],
    ]);
    expect(await program.events()).toEqual([]);
  });

  it('is carried out item by item when it is not atomic', async () => {
    const { body: ada } = await program.ask('post', '/v1/contacts', { body: { name: 'Ada' } });
    await program.events();
    const operations = [
      { create: { name: 'Eve' } },
      { create: { name: '' } },
      { create: { name: 'Bob', nope: 1 } },
      { update: { id: 'x', set: { name: 'y' } } },
      { update: { id: ada.id } },
      { create: { name: 'Cy' }, delete: { id: ada.id } },
      null,
      { update: { id: ada.id.toUpperCase(), set: { company: 'Engines' } } },
    ];
    const { status, body } = await program.ask('post', '/v1/contacts/batch?atomic=false', { body: { operations } });
    expect(status).toBe(200);
    const shown = body.data.map((one: { status: number; id: string | null; problem: Refusal | null }) => [
      one.status,
      one.problem?.errors.map(({ pointer }) => pointer) ?? one.id,
    ]);
    expect(shown).toEqual([
      [201, body.data[0].id],
      [422, ['/create/name']],
      [422, ['/create/nope']],
      [422, ['/update/id']],
      [422, ['/update/set']],
      [422, ['']],
      [422, ['']],
      [200, ada.id],
    ]);
    expect(await program.events()).toEqual(['contact.created', 'contact.updated']);
    const whole = await program.ask('post', '/v1/contacts/batch', { body: { operations } });
    expect([whole.status, whole.body.errors[0].pointer]).toEqual([422, '/operations/1/create/name']);
    expect(await program.events()).toEqual([]);
  });
});

interface Refusal {
  readonly errors: readonly { readonly pointer: string }[];
}

it('a batch over GraphQL stands item by item too', async () => {
  await program.events();
  const operations = [{ create: { name: 'Eve' } }, { create: { name: '' } }, { delete: { id: 'x' } }];
  const { body } = await program.graphql(
    `mutation ($operations: [ContactOperation!]!) { batchContacts(operations: $operations, atomic: false) {
      status problem { errors { pointer } } } }`,
    { operations },
  );
  expect(body.data.batchContacts).toEqual([
    { status: 201, problem: null },
    { status: 422, problem: { errors: [{ pointer: '/create/name' }] } },
    { status: 422, problem: { errors: [{ pointer: '/delete/id' }] } },
  ]);
  expect(await program.events()).toEqual(['contact.created']);
});

import { includable, relationsOf } from '../../../src/platform/contract/relations.js';
import { allResources } from '../../../src/platform/contract/resources.js';
import { TestProgram } from '../../harness/program.js';
import { settled } from '../events/settled.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
  for (const company of ['Foo, Inc.', 'Bar', 'Baz', '["Odd"]'])
    await program.ask('post', '/v1/contacts', { body: { name: `At ${company}`, company, tags: ['a,b', company] } });
});
afterAll(() => program.stop());

const companies = async (query: string): Promise<unknown> => {
  const { body } = await program.ask('get', `/v1/contacts?sort=company&${query}`);
  return body.data?.map(({ company }: { company: string }) => company).sort() ?? body.code;
};

describe('lists in an address', () => {
  it.each([
    ['joined', 'fields=name,company&include=interactions,reminders&sort=company,name'],
    ['repeated', 'fields=name&fields=company&include=interactions&include=reminders&sort=company&sort=name'],
    ['repeated and joined', 'fields=name,company&fields=name&include=interactions,reminders&sort=company&sort=name'],
    ['in brackets', 'fields[]=name&fields[]=company&include[]=interactions&include[]=reminders&sort[]=company,name'],
  ])('are the same when %s', async (_, query) => {
    const { status, body } = await program.ask('get', `/v1/contacts?${query}`);
    expect(status).toBe(200);
    expect(Object.keys(body.data[0])).toEqual(['name', 'company', 'interactions', 'reminders']);
    expect(body.data.map((one: { company: string }) => one.company).sort()).toEqual([
      'Bar',
      'Baz',
      'Foo, Inc.',
      '["Odd"]',
    ]);
  });

  it('refuse a word that is unknown, wherever it stands, and what is no word', async () => {
    for (const query of [
      'fields=name&fields=nope',
      'include=',
      'fields=name&fields=',
      'fields[a]=name',
      'sort=name&sort=name',
    ])
      expect([query, (await program.ask('get', `/v1/contacts?${query}`)).status]).toEqual([query, 400]);
    const one = await program.ask('get', '/v1/contacts?first[]=1');
    expect([one.status, one.body.errors[0].pointer]).toEqual([400, 'first']);
  });

  it('of events work in the same ways', async () => {
    await settled(program.pool);
    const joined = await program.ask('get', '/v1/changes?types=contact.created,contact.deleted');
    const repeated = await program.ask('get', '/v1/changes?types=contact.created&types=contact.deleted');
    expect([joined.status, joined.body.data.length]).toEqual([200, 4]);
    expect(repeated.body.data).toEqual(joined.body.data);
    expect((await program.ask('get', '/v1/changes?types=contact.created&types=')).status).toBe(400);
  });
});

describe('values in an address', () => {
  it.each([
    ['filter[company][in]=Bar,Baz', ['Bar', 'Baz']],
    ['filter[company][in]=Bar&filter[company][in]=Baz', ['Bar', 'Baz']],
    ['filter[company][in]=Foo, Inc.&filter[company][in]=Bar', ['Bar', 'Foo, Inc.']],
    ['filter[company][in][]=Foo, Inc.', ['Foo, Inc.']],
    [`filter[company][in]=${encodeURIComponent('["Foo, Inc.","Bar"]')}`, ['Bar', 'Foo, Inc.']],
    [`filter[company][in][]=${encodeURIComponent('["Odd"]')}`, ['["Odd"]']],
    ['filter[company][in]=Foo, Inc.', []],
    ['filter[tags][has]=a,b', ['Bar', 'Baz', 'Foo, Inc.', '["Odd"]']],
    ['filter[tags][hasAll]=a,b&filter[tags][hasAll]=Bar', ['Bar']],
    ['filter[tags][hasAny][]=Foo, Inc.', ['Foo, Inc.']],
    ['filter[company][in]=[1', []],
    [`filter[company][in]=${encodeURIComponent('[1]')}`, 'invalid_input'],
    [`filter[company][in]=${encodeURIComponent('[]')}`, 'invalid_input'],
    ['filter[company][eq]=Bar&filter[company][eq]=Baz', 'invalid_input'],
  ])('%s', async (query, expected) => expect(await companies(query)).toEqual(expected));

  it('go on from a page by its link, repeated as they were', async () => {
    const first = await program.ask(
      'get',
      '/v1/contacts?first=1&filter[company][in]=Foo, Inc.&filter[company][in]=Bar',
    );
    const link = /<([^>]+)>/.exec(String(first.headers.link))?.[1] ?? '';
    const second = await program.ask('get', link);
    expect([first.body.data[0].company, second.body.data[0].company]).toEqual(['Bar', 'Foo, Inc.']);
  });

  it('are all read, or none', async () => {
    const many = Array.from({ length: 201 }, () => 'filter[company][in]=Bar').join('&');
    expect((await program.ask('get', `/v1/contacts?${many}`)).body.detail).toMatch(/^More than 200 parameters/);
  });
});

describe('an operation without parameters', () => {
  it.each([
    ['delete', '/v1/contacts/01890000-0000-7000-8000-000000000000?force=true'],
    ['post', '/v1/keys?fields=name'],
    ['get', '/v1/me?fields=account'],
    ['post', '/v1/hooks?dry=1'],
    ['post', '/v1/contacts?atomic=false'],
    ['post', '/v1/contacts/batch?atomic=true&first=1'],
  ] as const)('%s %s refuses what it does not read', async (method, path) => {
    const { status, body } = await program.ask(method, path, method === 'get' ? {} : { body: {} });
    expect([status, body.errors?.[0].code]).toEqual([400, 'unknownParameter']);
  });
});

describe('the document', () => {
  interface Listed {
    readonly name: string;
    readonly explode?: boolean;
    readonly schema?: { readonly type: string; readonly items?: { readonly enum?: string[] } };
  }
  const parametersOf = async (path: string, method: string): Promise<Listed[]> =>
    (await program.ask('get', '/openapi.json')).body.paths[path][method].parameters;

  it('names every relation that `include` takes, of every resource that has any', async () => {
    const related = allResources().filter(({ type }) => relationsOf(type).size > 0);
    expect(related.map(({ plural }) => plural)).toEqual(
      expect.arrayContaining(['contacts', 'recruiters', 'reminders', 'webhooks', 'deliveries', 'rounds']),
    );
    for (const { plural, type } of related) {
      for (const path of [`/v1/${plural}`, `/v1/${plural}/{id}`]) {
        const include = (await parametersOf(path, 'get')).find(({ name }) => name === 'include');
        expect([path, include?.schema?.items?.enum]).toEqual([path, [...includable(type)]]);
        for (const name of includable(type)) {
          const { status } = await program.ask('get', `/v1/${plural}?include=${name}`);
          expect([name, status]).toEqual([name, 200]);
        }
      }
    }
  });

  it('says that lists of values are repeated', async () => {
    const parameters = await parametersOf('/v1/contacts', 'get');
    const within = parameters.find(({ name }) => name === 'filter[company][in]');
    expect([within?.schema?.type, within?.explode]).toEqual(['array', true]);
  });
});

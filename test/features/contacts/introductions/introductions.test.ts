import { introductionsTo } from '../../../../src/features/contacts/introductions/introductions.sql.js';
import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

type Asked = { readonly contactId?: string; readonly company?: string };
interface Step {
  readonly name: string;
  readonly by: string;
  readonly circleName: string | null;
}

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

const QUERY = `query ($contactId: ID, $company: String) { introductions(contactId: $contactId, company: $company) {
  chains { people { contactId name company title by circleId circleName } } } }`;

/** The answer of either face, or the code of its refusal and the places that it names. */
async function asked(name: 'rest' | 'graphql', program: TestProgram, given: Asked, key = program.key) {
  if (name === 'rest') {
    const query = new URLSearchParams(given as Record<string, string>).toString();
    const { body } = await program.ask('get', `/v1/introductions?${query}`, { key });
    return { chains: body.chains, code: body.code, errors: body.errors };
  }
  const { body } = await program.graphql(QUERY, given, { key });
  const refusal = body.errors?.[0]?.extensions;
  return { chains: body.data?.introductions?.chains, code: refusal?.code, errors: refusal?.errors };
}

describe.each(faces)('introductions over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const person = (who: string, more: Record<string, unknown> = {}) => idOfNew(face, 'Contact', { name: who, ...more });
  const circle = async (called: string, ...contacts: string[]) => {
    const circleId = await idOfNew(face, 'Circle', { name: called });
    for (const contactId of contacts) await idOfNew(face, 'Membership', { circleId, contactId });
    return circleId;
  };
  /** The chains as texts: `Ada → met_through Eve`. */
  const chains = async (given: Asked) => {
    const answer = await asked(name, program, given);
    expect(answer.code).toBeUndefined();
    return (answer.chains as { people: Step[] }[]).map(({ people }) =>
      people.map(({ name: who, by, circleName }) => `${circleName ?? by} ${who}`).join(' → '),
    );
  };

  it('go through those by whom I met somebody, as far back as somebody whom I know', async () => {
    const ada = await person('Ada');
    const eve = await person('Eve', { metThroughId: ada });
    const ida = await person('Ida', { metThroughId: eve });
    expect(await chains({ contactId: ada })).toEqual(['you Ada']);
    expect(await chains({ contactId: eve })).toEqual(['you Ada → met_through Eve']);
    expect(await chains({ contactId: ida })).toEqual(['you Ada → met_through Eve → met_through Ida']);
    await person('Una', { metThroughId: ida });
    const una = (await face.page('Contact', { filter: { name: { eq: 'Una' } } })).rows[0];
    expect(await chains({ contactId: String(una?.id) })).toEqual([
      'you Ada → met_through Eve → met_through Ida → met_through Una',
    ]);
    const joe = await person('Joe', { metThroughId: String(una?.id) });
    expect(await chains({ contactId: joe })).toEqual([]);
  });

  it('go through shared circles, the shortest first, each by way of somebody else', async () => {
    const [ada, bob] = [await person('Ada'), await person('Bob')];
    const eve = await person('Eve', { metThroughId: bob });
    const ida = await person('Ida', { metThroughId: eve });
    const fastify = await circle('Fastify', ida, ada);
    expect(await chains({ contactId: ida })).toEqual([
      'you Ada → Fastify Ida',
      'you Bob → met_through Eve → met_through Ida',
    ]);
    const answer = await asked(name, program, { contactId: ida });
    expect(answer.chains[0].people).toEqual([
      { contactId: ada, name: 'Ada', company: null, title: null, by: 'you', circleId: null, circleName: null },
      {
        contactId: ida,
        name: 'Ida',
        company: null,
        title: null,
        by: 'circle',
        circleId: fastify,
        circleName: 'Fastify',
      },
    ]);
    await face.remove('Circle', fastify);
    expect(await chains({ contactId: ida })).toEqual(['you Bob → met_through Eve → met_through Ida']);
  });

  it('prefer whom I was in touch with last, and leave out who is gone or does not want to be contacted', async () => {
    const ida = await person('Ida', { metThroughId: await person('Old') });
    const [ada, bob, eve] = [await person('Ada'), await person('Bob'), await person('Eve', { doNotContact: true })];
    await circle('Berlin', ida, ada, bob, eve);
    await idOfNew(face, 'Interaction', { contactIds: [bob], channel: 'call', occurredAt: '2026-03-01T10:00:00Z' });
    expect(await chains({ contactId: ida })).toEqual([
      ...['you Bob → Berlin Ida', 'you Old → met_through Ida', 'you Ada → Berlin Ida'],
    ]);
    await face.remove('Contact', bob);
    expect(await chains({ contactId: ida })).toEqual(['you Old → met_through Ida', 'you Ada → Berlin Ida']);
  });

  it('lead to whoever works at a company, however it is written', async () => {
    const ada = await person('Ada');
    await person('Eve', { company: 'Acme GmbH', metThroughId: ada });
    const ida = await person('Ida', { metThroughId: ada });
    await idOfNew(face, 'Employment', { contactId: ida, company: 'ACME' });
    const joe = await person('Joe', { metThroughId: ada });
    await idOfNew(face, 'Employment', { contactId: joe, company: 'ACME', endedOn: '2026-03-02' });
    expect(await chains({ company: 'acme, inc.' })).toEqual(['you Ada → met_through Eve']);
    await person('Una', { company: 'acme' });
    expect(await chains({ company: 'acme' })).toEqual(['you Una', 'you Ada → met_through Eve']);
    expect(await chains({ company: 'Globex' })).toEqual([]);
  });

  it('are at most 6 to a person, and 10 to a company', async () => {
    const away = await person('Away', { doNotContact: true });
    for (const [target, letter] of [
      ['Ada', 'A'],
      ['Eve', 'E'],
    ] as const) {
      const id = await person(target, { company: 'Acme', metThroughId: away });
      const others: string[] = [];
      for (let n = 0; n < 7; n += 1) others.push(await person(`${letter}${n}`));
      await circle(`Of ${target}`, id, ...others);
      const ways = Array.from({ length: 6 }, (_, n) => `you ${letter}${n} → Of ${target} ${target}`);
      expect(await chains({ contactId: id })).toEqual(ways);
    }
    const found = await chains({ company: 'acme' });
    expect(new Set(found).size).toBe(10);
    expect(found).toHaveLength(10);
  });

  it('refuses neither and both, and who is not there or somebody else’s', async () => {
    const ada = await person('Ada');
    for (const given of [{}, { contactId: ada, company: 'Acme' }])
      expect(await asked(name, program, given)).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: 'contactId', code: 'contactOrCompany' }],
      });
    for (const given of [
      { contactId: 'ada' },
      { company: '\u200b' },
      { company: 'x'.repeat(201) },
      { company: 'a\u0000' },
    ])
      expect(await asked(name, program, given)).toMatchObject({
        code: 'invalid_input',
        errors: [{ pointer: Object.keys(given)[0] }],
      });
    const stranger = await program.anotherAccount();
    expect(await asked(name, program, { contactId: ada }, stranger)).toMatchObject({ code: 'not_found' });
    expect((await asked(name, program, { company: 'Acme' }, stranger)).chains).toEqual([]);
    await face.remove('Contact', ada);
    expect(await asked(name, program, { contactId: ada })).toMatchObject({ code: 'not_found' });
    const few = await program.ask('post', '/v1/keys', { body: { name: 'few', scopes: ['reminders:read'] } });
    expect(await asked(name, program, { company: 'Acme' }, few.body.secret)).toMatchObject({ code: 'forbidden' });
  });

  it('are one statement', async () => {
    const eve = await person('Eve', { metThroughId: await person('Ada') });
    await asked(name, program, { contactId: eve });
    const { statements } = await countStatements(() => asked(name, program, { contactId: eve }));
    expect(statements).toHaveLength(1);
  });
});

describe('over 20,000 contacts in one circle', () => {
  it('an index finds everybody, and no more than the bounds are read', async () => {
    const program = await shared.asAnother();
    const { rows } = await program.pool.query<{ id: string }>(
      `select account_id as id from api_keys order by id desc limit 1`,
    );
    const account = rows[0]?.id ?? '';
    // Each was met through the one before, so no chain ends early.
    await program.pool.query(
      `with n as materialized (select n, new_id() as id from generate_series(1, 20000) n),
        c as (insert into contacts (account_id, id, created_at, updated_at, name, company, company_key, met_through_id)
          select $1, id, now(), now(), 'N' || n, 'Company ' || n % 50, 'company ' || n % 50, lag(id) over (order by n) from n returning id),
        z as (insert into circles (account_id, id, created_at, updated_at, name) values ($1, new_id(), now(), now(), 'All') returning id)
      insert into memberships (account_id, id, created_at, updated_at, circle_id, contact_id) select $1, new_id(), now(), now(), z.id, c.id from c, z`,
      [account],
    );
    await program.pool.query('vacuum analyze contacts, memberships, circles, employments');
    for (const companyKey of ['company 7', null]) {
      const { rows: last } = await program.pool.query<{ id: string }>(
        'select id from contacts where account_id = $1 order by id desc limit 1',
        [account],
      );
      const contactId = companyKey === null ? (last[0]?.id ?? null) : null;
      const { text, values } = introductionsTo(account, { contactId, companyKey, today: '2026-03-02' });
      const { rows: plan } = await program.pool.query(`explain (analyze, format json) ${text}`, [...values]);
      const nodes = flat(plan[0]['QUERY PLAN'][0].Plan);
      const scanned = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']);
      // Tables of one row are read whole.
      expect(scanned.filter((table) => table === 'contacts' || table === 'memberships')).toEqual([]);
      const read = Math.max(...nodes.map((node) => node['Actual Rows'] * node['Actual Loops']));
      expect(read).toBeLessThan(30_000);
    }
  });
});

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

function flat(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(flat)];
}

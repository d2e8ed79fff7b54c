import supertest from 'supertest';
import { faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';
const PREAMBLE =
  'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing."\n\n';

const file = (...rows: string[]): string => `${PREAMBLE}${HEADER}\n${rows.join('\n')}\n`;
const ADA = 'Ada,Lovelace,https://www.linkedin.com/in/ada,ada@example.org,Analytical Engines,Programmer,10 Dec 2025';
const BOB = 'Bob,"O\'Neil, PhD",https://www.linkedin.com/in/bob,,"Acme, Inc.",CTO,01 Feb 2026';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)("LinkedIn's Connections.csv over %s", (name) => {
  let program: TestProgram;

  beforeAll(async () => {
    program = await shared.asAnother();
  });
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });

  /** The report, or the problem. */
  const importFile = async (csv: string) => {
    const http = supertest(program.app.getHttpServer());
    const headers = { authorization: `Bearer ${program.key}` };
    if (name === 'rest') {
      return (await http.post('/v1/imports/linkedin').set(headers).set('content-type', 'text/csv').send(csv)).body;
    }
    const query = `mutation ($input: ImportLinkedInInput!) { importLinkedIn(input: $input) { created updated unchanged skipped { line reason } } }`;
    const { body } = await http
      .post('/graphql')
      .set(headers)
      .send({ query, variables: { input: { csv } } });
    return body.data?.importLinkedIn ?? { code: body.errors[0].extensions.code, detail: body.errors[0].message };
  };
  const contacts = async () => (await program.pool.query('select * from contacts order by name')).rows;

  it('becomes contacts, with where they work and since when we know them', async () => {
    expect(await importFile(file(ADA, BOB))).toMatchObject({ created: 2, updated: 0, unchanged: 0, skipped: [] });
    expect(await contacts()).toMatchObject([
      {
        name: 'Ada Lovelace',
        company: 'Analytical Engines',
        title: 'Programmer',
        emails: ['ada@example.org'],
        met_on: '2025-12-10',
      },
      {
        name: "Bob O'Neil, PhD",
        company: 'Acme, Inc.',
        links: [{ kind: 'linkedin', value: 'https://www.linkedin.com/in/bob' }],
      },
    ]);
    expect(await program.events()).toEqual(['contact.created', 'contact.created']);
  });

  it('three times the same is the same', async () => {
    await importFile(file(ADA, BOB));
    await program.events();
    for (let time = 0; time < 2; time += 1) {
      expect(await importFile(file(ADA, BOB))).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    }
    expect(await contacts()).toHaveLength(2);
    expect(await program.events()).toEqual([]);
  });

  it('tells who changed jobs, and touches nothing else', async () => {
    await importFile(file(ADA, BOB));
    await program.pool.query(`update contacts set notes = 'mine', name = 'Countess' where name = 'Ada Lovelace'`);
    await program.events();
    expect(
      await importFile(file(ADA.replace('Analytical Engines,Programmer', 'Difference Ltd,Lead'), BOB)),
    ).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await contacts())[1]).toMatchObject({
      name: 'Countess',
      company: 'Difference Ltd',
      title: 'Lead',
      notes: 'mine',
    });
    expect(await program.events()).toEqual(['contact.job_changed']);
  });

  it('does not bring back whom I deleted', async () => {
    await importFile(file(ADA));
    await program.pool.query('update contacts set deleted_at = now()');
    expect(await importFile(file(ADA))).toMatchObject({ created: 0, unchanged: 1 });
  });

  it('passes over restricted and repeated rows, and says which', async () => {
    const report = await importFile(file(ADA, ',,,,,,', ADA));
    expect(report).toMatchObject({ created: 1, skipped: [{ line: 6 }, { line: 7 }] });
  });

  it('refuses what is no such file, and writes nothing', async () => {
    const refused = await importFile('name,phone\nAda,1\n');
    expect(refused.code).toBe('invalid_input');
    expect(refused.detail).toContain('First Name');
    expect(await contacts()).toEqual([]);
    expect(await program.events()).toEqual([]);
  });

  it('takes 5,000 rows in one go', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, n) => `F${n},L${n},https://www.linkedin.com/in/p${n},,Co,Dev,10 Dec 2025`,
    );
    expect(await importFile(file(...rows))).toMatchObject({ created: 5_000, skipped: [] });
    expect(await program.events()).toHaveLength(5_000);
  });

  it('imported twice at once, makes each contact once', async () => {
    const reports = await Promise.all([importFile(file(ADA, BOB)), importFile(file(ADA, BOB))]);
    expect(reports.map((report) => report.created).sort()).toEqual([0, 2]);
    expect(await contacts()).toHaveLength(2);
  });
});

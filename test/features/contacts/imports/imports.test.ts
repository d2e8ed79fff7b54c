import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing, connections } from './importing.js';

const ADA = 'Ada,Lovelace,https://www.linkedin.com/in/ada,ada@example.org,Analytical Engines,Programmer,10 Dec 2025';
const BOB = 'Bob,"O\'Neil, PhD",https://www.linkedin.com/in/bob,,"Acme, Inc.",CTO,01 Feb 2026';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)("LinkedIn's Connections.csv over %s", (name) => {
  let importing: Importing;
  let program: TestProgram;

  beforeEach(async () => {
    program = await shared.asAnother();
    importing = new Importing(name, program);
  });

  const contacts = async () => (await program.ask('get', '/v1/contacts?sort=name')).body.data;
  const patch = (id: string, body: object) => program.ask('patch', `/v1/contacts/${id}`, { body });

  it('becomes contacts, with where they work and since when we know them', async () => {
    const { it, rows } = await importing.send(connections(ADA, BOB));
    expect(it).toMatchObject({ state: 'applied', total: 2, done: 2, created: 2, updated: 0, unchanged: 0, skipped: 0 });
    const found = await contacts();
    expect(found).toMatchObject([
      {
        ...{ name: 'Ada Lovelace', givenName: 'Ada', familyName: 'Lovelace', company: 'Analytical Engines' },
        ...{ title: 'Programmer', emails: ['ada@example.org'], metOn: '2025-12-10', howWeMet: 'LinkedIn' },
      },
      {
        name: "Bob O'Neil, PhD",
        company: 'Acme, Inc.',
        links: [{ kind: 'linkedin', value: 'https://www.linkedin.com/in/bob' }],
      },
    ]);
    expect(rows).toMatchObject([
      { line: 5, outcome: 'created', name: 'Ada Lovelace', problems: [], contactId: found[0].id },
      { line: 6, outcome: 'created', name: "Bob O'Neil, PhD", problems: [], contactId: found[1].id },
    ]);
    expect(await program.events()).toEqual(['contact.created', 'contact.created', 'import.finished']);
  });

  it('three times the same changes no contact', async () => {
    await importing.send(connections(ADA, BOB));
    await program.events();
    for (let time = 0; time < 2; time += 1) {
      const { it } = await importing.send(connections(ADA, BOB));
      expect(it).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
      expect(await program.events()).toEqual(['import.finished']);
    }
    expect(await contacts()).toHaveLength(2);
  });

  it('tells who changed jobs, and touches nothing else', async () => {
    await importing.send(connections(ADA, BOB));
    const [ada] = await contacts();
    await patch(ada.id, { notes: 'mine', name: 'Countess' });
    await program.events();
    const moved = ADA.replace('Analytical Engines,Programmer', 'Difference Ltd,Lead');
    expect((await importing.send(connections(moved, BOB))).it).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await contacts())[1]).toMatchObject({
      name: 'Countess',
      company: 'Difference Ltd',
      title: 'Lead',
      notes: 'mine',
    });
    expect(await program.events()).toEqual([
      ...['contact.job_changed', 'employment.created', 'employment.created', 'import.finished'],
    ]);
  });

  it('keeps what was edited by hand, whatever the file says', async () => {
    await importing.send(connections(ADA));
    const [ada] = await contacts();
    await patch(ada.id, { company: 'Engines & Co', emails: [], links: [], metOn: null, givenName: 'Augusta' });
    await program.events();
    expect((await importing.send(connections(ADA))).it).toMatchObject({ unchanged: 1, updated: 0, created: 0 });
    expect(await program.events()).toEqual(['import.finished']);
    const { rows } = await importing.send(connections(ADA.replace('Analytical Engines', 'Difference Ltd')));
    expect(rows).toMatchObject([
      {
        outcome: 'unchanged',
        problems: ['Company was edited here and stays “Engines & Co”; the file says “Difference Ltd”.'],
      },
    ]);
    expect((await contacts())[0]).toMatchObject({
      company: 'Engines & Co',
      emails: [],
      links: [],
      metOn: null,
      givenName: 'Augusta',
    });
    expect(await program.events()).toEqual(['import.finished']);
  });

  it('fills only what is empty in a contact that was there before', async () => {
    await program.ask('post', '/v1/contacts', {
      body: { name: 'Countess', company: 'Mine', emails: ['ADA@Example.org'] },
    });
    await program.events();
    expect((await importing.send(connections(ADA))).it).toMatchObject({ created: 0, updated: 1 });
    expect(await contacts()).toMatchObject([
      { name: 'Countess', company: 'Mine', title: 'Programmer', emails: ['ADA@Example.org'], metOn: '2025-12-10' },
    ]);
    expect(await program.events()).toEqual(['contact.updated', 'import.finished']);
    expect((await importing.send(connections(ADA))).it).toMatchObject({ unchanged: 1 });
  });

  it('knows a person by the name at a company, unless the profiles differ', async () => {
    await program.ask('post', '/v1/contacts', { body: { name: 'Ada Lovelace', company: 'ANALYTICAL engines' } });
    expect((await importing.send(connections(ADA))).it).toMatchObject({ created: 0, updated: 1 });
    const namesake = ADA.replace('/in/ada', '/in/ada-2').replace('ada@example.org', '');
    expect((await importing.send(connections(namesake))).it).toMatchObject({ created: 1 });
    expect(await contacts()).toHaveLength(2);
  });

  it('does not bring back whom I deleted', async () => {
    await importing.send(connections(ADA));
    await program.ask('delete', `/v1/contacts/${(await contacts())[0].id}`);
    await program.events();
    const { it, rows } = await importing.send(connections(ADA));
    expect(it).toMatchObject({ created: 0, skipped: 1 });
    expect(rows).toMatchObject([
      { outcome: 'skipped', problems: ['You deleted this contact: restore it to import it again.'] },
    ]);
    expect(await program.events()).toEqual(['import.finished']);
  });

  it('skips restricted and repeated rows, and says which and why', async () => {
    const again = 'Ada,L.,https://de.linkedin.com/in/ADA/?x=1,,,,';
    const { it, rows } = await importing.send(
      connections(ADA, ',,,,,,', '\u200b,\u200b,,,,,', again, ADA.replace('/in/ada', '/in/a-l')),
    );
    expect(it).toMatchObject({ created: 1, skipped: 4, total: 5, done: 5 });
    const restricted = 'The row has no name: this member restricts who sees the profile.';
    const repeated = 'The same person is already in this file, on line 5.';
    expect(rows.slice(1)).toMatchObject([
      { line: 6, outcome: 'skipped', problems: [restricted] },
      { line: 7, outcome: 'skipped', problems: [restricted] },
      { line: 8, outcome: 'skipped', problems: [repeated] },
      { line: 9, outcome: 'skipped', problems: [repeated] },
    ]);
  });

  it('tells what it did not understand', async () => {
    const { rows } = await importing.send(connections('Ada,Lovelace,example.org/ada,ada at home,Engines,,soon'));
    expect(rows).toMatchObject([
      {
        outcome: 'created',
        problems: [
          'URL “example.org/ada” is not the address of a LinkedIn profile.',
          'Email Address “ada at home” is not an e-mail address.',
          'Connected On “soon” is not a date.',
        ],
      },
    ]);
  });

  it('previews without a change, and applies the preview', async () => {
    await importing.send(connections(ADA));
    await program.events();
    const file = connections(ADA.replace('Programmer', 'Lead'), BOB, ',,,,,,');
    const { it, rows } = await importing.send(file, { preview: true });
    expect(it).toMatchObject({
      state: 'previewed',
      preview: true,
      created: 1,
      updated: 1,
      skipped: 1,
      done: 3,
      finishedAt: null,
    });
    expect(rows.map(({ outcome, contactId }) => [outcome, contactId !== null])).toEqual([
      ['updated', true],
      ['created', false],
      ['skipped', false],
    ]);
    expect(await program.events()).toEqual([]);
    expect(await contacts()).toMatchObject([{ title: 'Programmer' }]);
    const applied = await importing.act('application', it.id);
    expect(applied.it).toMatchObject({ state: 'applied', created: 1, updated: 1, skipped: 1, done: 3 });
    expect(await program.events()).toEqual([
      ...['contact.created', 'contact.job_changed', 'employment.created', 'employment.created', 'import.finished'],
    ]);
    expect((await importing.act('application', it.id)).code).toBe('conflict');
  });

  it('reverts what it added, but for what was changed since, and can be imported again', async () => {
    const { it } = await importing.send(connections(ADA, BOB));
    const [ada] = await contacts();
    await patch(ada.id, { notes: 'met for coffee' });
    await program.events();
    const { it: reverted, rows } = await importing.act('reversal', it.id);
    expect(reverted).toMatchObject({ state: 'reverted', created: 2, reverted: 1 });
    expect(rows).toMatchObject([
      { outcome: 'kept', problems: ['Not reverted: the contact was changed since it was added.'] },
      { outcome: 'reverted' },
    ]);
    expect(await contacts()).toMatchObject([{ name: 'Ada Lovelace' }]);
    expect(await program.events()).toEqual(['contact.deleted', 'import.reverted']);
    expect((await importing.act('reversal', it.id)).code).toBe('conflict');
    expect((await importing.send(connections(ADA, BOB))).it).toMatchObject({ created: 1, unchanged: 1 });
  });

  it('refuses what is no such file, with the columns it looked for and those it saw', async () => {
    const refused = await importing.send('name;phone\nAda;1\n');
    expect(refused.code).toBe('unprocessable');
    expect(refused.detail).toMatch(/First Name, Last Name.*The file has: name, phone\..*mapping/);
    expect(await contacts()).toEqual([]);
    expect(await program.events()).toEqual([]);
  });

  it('reads a file with other columns by a mapping', async () => {
    const file = 'Rufname;Sippe;Wo\nAda;Lovelace;Engines\n';
    const mapping = { givenName: 'Rufname', familyName: 'sippe', company: 'Wo' };
    expect((await importing.send(file, { mapping })).it).toMatchObject({ created: 1 });
    expect(await contacts()).toMatchObject([{ name: 'Ada Lovelace', company: 'Engines' }]);
    const refused = await importing.send(file, { mapping: { ...mapping, company: 'Wer' } });
    expect(refused.detail).toMatch(/No line has the columns Rufname, sippe, Wer\. The file has: Rufname, Sippe, Wo\./);
  });

  it('fails as a whole when the file breaks off, and writes nothing', async () => {
    const { it } = await importing.send(connections(ADA, '"Bob,Neil\nAlan,Kay'));
    expect(it).toMatchObject({ state: 'failed', created: 0 });
    expect(it.failure).toMatch(/quotation mark never ends/);
    expect(await contacts()).toEqual([]);
    expect(await program.events()).toEqual(['import.finished']);
  });

  it('imported twice at once, makes each contact once', async () => {
    const both = await Promise.all([importing.send(connections(ADA, BOB)), importing.send(connections(ADA, BOB))]);
    expect(both.map(({ it }) => it.created).sort()).toEqual([0, 2]);
    expect(await contacts()).toHaveLength(2);
  });
});

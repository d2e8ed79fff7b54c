import { idOfNew, faceOf, faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { Importing } from '../imports/importing.js';

const ABROAD = '+44 20 7946 0958';
const AT_HOME = '020 7946 0958';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('telephone numbers of files over %s', (name) => {
  let program: TestProgram;
  let importing: Importing;

  beforeEach(async () => {
    program = await shared.asAnother();
    importing = new Importing(name, program);
    await program.ask('patch', '/v1/account', { body: { phoneRegion: 'GB' } });
    await program.events();
  });

  const person = (phones: readonly string[]) =>
    idOfNew(faceOf(name, program), 'Contact', { name: 'Ada', emails: ['ada@example.org'], phones });
  const cards = (...cards: readonly (readonly [called: string, ...lines: string[]])[]) =>
    cards
      .map(([called, ...lines]) => `BEGIN:VCARD\nVERSION:3.0\nFN:${called}\n${lines.join('\n')}\nEND:VCARD\n`)
      .join('');
  const contacts = async (): Promise<unknown[]> =>
    (await program.ask('get', '/v1/contacts?sort=name&fields=name,phones,phoneNumbers')).body.data;

  it('are understood by the country of the account, and one that is there in another form is not added', async () => {
    await person([ABROAD]);
    const card = ['Ada', 'EMAIL:ada@example.org', `TEL:${AT_HOME}`, 'TEL:020 7946 0959'] as const;
    const file = cards(card, ['Bea', 'TEL:(020) 7946-0960']);
    expect((await importing.send(file, { source: 'vcard' })).it).toMatchObject({ created: 1, updated: 1 });
    const expected = [
      { name: 'Ada', phones: [ABROAD, '020 7946 0959'], phoneNumbers: ['+442079460958', '+442079460959'] },
      { name: 'Bea', phones: ['(020) 7946-0960'], phoneNumbers: ['+442079460960'] },
    ];
    expect(await contacts()).toEqual(expected);
    expect((await importing.send(file, { source: 'vcard' })).it).toMatchObject({ created: 0, unchanged: 2 });
    expect(await contacts()).toEqual(expected);
  });

  it.each([
    [ABROAD, AT_HOME],
    [AT_HOME, ABROAD],
  ])('do not bring back who was erased with %s, as %s', async (erased, told) => {
    const id = await person([erased]);
    await program.ask('post', `/v1/contacts/${id}/erasure`, { body: { name: 'Ada' } });
    const file = cards(['Ada', `TEL:${told}`], ['Bea', 'TEL:020 7946 0960']);
    const { rows } = await importing.send(file, { source: 'vcard' });
    expect(rows).toMatchObject([
      { outcome: 'skipped', name: null, problems: [expect.stringContaining('Erased person')] },
      { outcome: 'created' },
    ]);
  });
});

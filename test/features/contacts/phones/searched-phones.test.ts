import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';

const INTERNATIONAL = ['+4940123456', '+49 40 123456', '0049-40-123456', '(+49) 40 / 12 34 56', 'tel:+49-40-123456'];
const NATIONAL = ['040 123456', '040/123456', '(040) 12 34 56', '040‑123456', '０４０ １２３４５６'];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('telephone numbers that are searched for, over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('saved_filters');
    await live(null);
  });

  const live = (phoneRegion: string | null) => program.ask('patch', '/v1/account', { body: { phoneRegion } });
  const person = (called: string, ...phones: string[]) => idOfNew(face, 'Contact', { name: called, phones });
  const found = async (q: string, more = {}): Promise<unknown[]> =>
    (await face.page('Contact', { q, ...more })).rows.map((row) => row.name);

  it('are found in any form of an international number, in one statement', async () => {
    await person('Ada', '+49 (0)40 123456');
    await person('Eve', '+49 40 123457', '+44 20 7946 0958');
    for (const q of INTERNATIONAL) expect([q, await found(q)]).toEqual([q, ['Ada']]);
    expect(await found('040 123456')).toEqual([]);
    expect((await countStatements(() => face.page('Contact', { q: '+49 40 123456' }))).statements).toHaveLength(1);
  });

  it('are found as national numbers of the country that the account names, and the other way round', async () => {
    await live('DE');
    await person('Ada', '+49 40 123456');
    await person('Bob', '040 123456');
    await person('Eve', '+44 40 123456', '0040 123456', '040 1234567');
    for (const q of [...INTERNATIONAL, ...NATIONAL]) expect([q, (await found(q)).sort()]).toEqual([q, ['Ada', 'Bob']]);
  });

  it('are found in another form by their digits where no country is known', async () => {
    await person('Ada', '040 123456');
    await person('Eve', '+44 20 7946 0958 ext. 12');
    for (const q of NATIONAL) expect([q, await found(q)]).toEqual([q, ['Ada']]);
    expect(await found('+44 (0)20 7946 0958')).toEqual(['Eve']);
  });

  it('are found beside words that have the digits, also by a saved filter, and not in the trash', async () => {
    const gone = await person('Gone', '+49 40 123456');
    await face.remove('Contact', gone);
    await person('Ada', '+49 40 123456');
    await idOfNew(face, 'Contact', { name: 'Bob', notes: 'Was at 4940123456 before' });
    const q = '4940123456';
    expect(await found(q)).toEqual(['Bob']);
    expect(await found('+4940123456', { sort: 'name' })).toEqual(['Ada', 'Bob']);
    expect(await found('+4940123456', { trash: true })).toEqual(['Gone']);
    const savedFilter = await idOfNew(face, 'SavedFilter', {
      name: 'It',
      list: 'contacts',
      filter: {},
      q: INTERNATIONAL[2],
    });
    expect((await face.page('Contact', { savedFilter })).rows.map((row) => row.name)).toEqual(['Ada']);
    expect(await found('Ada +4940123456')).toEqual([]);
  });
});

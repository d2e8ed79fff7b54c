import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

describe.each(faces)('links over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf(name, program);
  });
  afterAll(() => program.stop());

  const make = async (called: string): Promise<string> =>
    String((await face.create('Contact', { name: called })).data.id);

  it('a deleted contact is linked to nothing, and is named by the refusal', async () => {
    const [gone, bob] = [await make('Ada'), await make('Bob')];
    const touch = { channel: 'call', direction: 'mutual' };
    const logged = await face.create('Interaction', { ...touch, contactIds: [bob] });
    await face.remove('Contact', gone);
    await program.events();
    const refusal = {
      code: 'unknown_reference',
      message: `There is no contact ${gone} in this account.`,
      errors: [{ code: 'unknownReference', detail: `There is no contact ${gone} in this account.` }],
    };
    const refused = [
      await face.create('Interaction', { ...touch, contactIds: [bob, gone] }),
      await face.update('Interaction', String(logged.data.id), { contactIds: [gone] }),
      await face.create('Recruiter', { contactId: gone }),
      await face.create('Reminder', { title: 'x', dueOn: '2026-05-01', subjectType: 'contact', subjectId: gone }),
    ];
    for (const one of refused) expect(one).toMatchObject(refusal);
    expect(refused.map(({ errors }) => errors[0]?.pointer)).toEqual([
      ...['/contactIds', '/contactIds', '/contactId', '/subjectId'],
    ]);
    expect(await program.events()).toEqual([]);
  });
});

import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let program: TestProgram;
beforeAll(async () => {
  program = await TestProgram.start();
});
afterAll(() => program.stop());

describe.each(faces)('ids in upper case over %s', (name) => {
  let face: Face;
  let id: string;
  let upper: string;

  beforeAll(async () => {
    face = faceOf(name, program);
    id = String((await face.create('Contact', { name: 'Ada' })).data.id);
    upper = id.toUpperCase();
  });

  it('are the same in paths and arguments, and are answered in lower case', async () => {
    expect((await face.one('Contact', upper)).data.id).toBe(id);
    expect((await face.update('Contact', upper, { company: 'Engines' })).data.id).toBe(id);
    if (name === 'graphql') {
      const { body } = await program.graphql(
        'query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }',
        {
          id: upper,
          ids: [upper, id],
        },
      );
      expect(body.data).toEqual({ node: { id }, nodes: [{ id }, { id }] });
      const removed = await program.graphql(`mutation { deleteContact(id: "${upper}") }`);
      expect(removed.body.data.deleteContact).toBe(id);
    } else expect((await face.remove('Contact', upper)).code).toBeNull();
    const restored = await face.act({ type: 'Contact', id: upper, noun: 'restoration', verb: 'restoreContact' });
    expect(restored.data.id).toBe(id);
  });

  it('are the same in lists and references, once', async () => {
    const call = { contactIds: [upper, id], channel: 'call' };
    expect((await face.create('Interaction', call)).data.contactIds).toEqual([id]);
    const reminder = { title: 'Ask', dueAt: '2027-01-01T09:00:00Z', subjectType: 'contact', subjectId: upper };
    expect((await face.create('Reminder', reminder)).data.subjectId).toBe(id);
    expect((await face.create('Recruiter', { kind: 'agency', contactId: upper })).data.contactId).toBe(id);
  });

  it('are the same in filters', async () => {
    const found = async (filter: object) =>
      (await face.page('Contact', { filter: filter as Record<string, unknown> })).rows.map((row) => row.id);
    expect(await found({ id: { eq: upper } })).toEqual([id]);
    expect(await found({ id: { in: [upper] } })).toEqual([id]);
    expect(await found({ id: { ne: upper }, name: { eq: 'Ada' } })).not.toContain(id);
  });
});

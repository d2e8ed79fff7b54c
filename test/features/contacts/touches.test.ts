import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

describe.each(faces)('touches over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await TestProgram.start();
    face = faceOf(name, program);
  });
  afterAll(() => program.stop());
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-03-02T10:00:00.000Z');
    await program.events();
  });

  const make = async (input: Record<string, unknown> = {}) =>
    (await face.create('Contact', { name: 'Ada Lovelace', ...input })).data;

  it('a touch that is logged by itself answers the ring that is open', async () => {
    const { id } = await make({ tier: 'close', metOn: '2025-12-01' });
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    await program.events();
    await face.create('Interaction', { contactIds: [id], channel: 'call', occurredAt: '2026-03-02T09:00:00Z' });
    const { rows } = await face.page('Occurrence', { filter: { subjectId: { eq: id } }, sort: 'dueAt' });
    expect(rows).toMatchObject([
      { state: 'done', answeredAt: '2026-03-02T10:00:00.000Z' },
      { state: 'scheduled', dueAt: '2026-06-02T09:00:00.000Z' },
    ]);
    expect(await program.events()).toEqual(
      expect.arrayContaining(['interaction.logged', 'reminder.completed', 'reminder.updated']),
    );
  });

  it('is with somebody, when it is logged and when it is changed', async () => {
    const refused = { code: 'invalid_input', errors: [{ pointer: '/contactIds', code: 'atLeastOne' }] };
    const id = String((await face.create('Interaction', { contactIds: [(await make()).id], channel: 'call' })).data.id);
    await program.events();
    expect(await face.create('Interaction', { contactIds: [], channel: 'call' })).toMatchObject(refused);
    expect(await face.update('Interaction', id, { contactIds: [] })).toMatchObject(refused);
    expect(await program.events()).toEqual([]);
  });

  it('a change of whom it was with is a change of the interaction, and tells who it was before', async () => {
    const [ada, bea] = [String((await make()).id), String((await make({ name: 'Bea' })).id)];
    const { id } = (await face.create('Interaction', { contactIds: [ada], channel: 'call' })).data;
    await program.events();
    const changed = await face.update('Interaction', String(id), { contactIds: [bea, ada] });
    expect(changed.data).toMatchObject({ contactIds: [ada, bea], version: 2 });
    expect(await program.events()).toEqual(['interaction.updated', 'contact.updated']);
    const told = await program.pool.query(
      `select data -> 'contactIds' as now, previous from events where type = 'interaction.updated' order by sequence desc limit 1`,
    );
    expect(told.rows).toEqual([{ now: [ada, bea], previous: { contactIds: [ada] } }]);
    const again = await face.update('Interaction', String(id), { contactIds: [ada, bea, ada] });
    expect(again.data).toMatchObject({ version: 2 });
    expect(await program.events()).toEqual([]);
    const both = await face.update('Interaction', String(id), { contactIds: [bea], summary: 'Coffee' });
    expect(both.data).toMatchObject({ contactIds: [bea], summary: 'Coffee', version: 3 });
    expect(await program.events()).toEqual(['interaction.updated', 'contact.updated']);
    const { rows } = await program.pool.query(
      `select previous from events where type = 'interaction.updated' order by sequence desc limit 1`,
    );
    expect(rows).toEqual([{ previous: { summary: null, contactIds: [ada, bea] } }]);
  });
});

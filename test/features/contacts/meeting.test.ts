import { faceOf, faces, idOfNew } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';
import { Examining } from '../reminders/examining.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('how we met, over %s', (name) => {
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

  const idOf = (type: string, input: Record<string, unknown>) => idOfNew(face, type, input);
  const metOn = async (id: string) => {
    const { data } = await face.one('Contact', id);
    return [data.metOn, data.nextTouchAt];
  };

  it('the day of meeting is that of the encounter, and the next touch counts from it', async () => {
    const encounterId = await idOf('Encounter', { kind: 'meetup', occurredOn: '2026-02-01' });
    const ada = await idOf('Contact', { name: 'Ada', tier: 'close', encounterId });
    expect(await metOn(ada)).toEqual(['2026-02-01', '2026-05-01T09:00:00.000Z']);
    expect((await face.page('Contact', { filter: { encounterId: { eq: encounterId } } })).rows).toMatchObject([
      { id: ada, metOnPrecision: 'day' },
    ]);
    expect(await program.events()).toEqual(['encounter.logged', 'contact.created', 'reminder.created']);
    const eve = await idOf('Contact', { name: 'Eve', tier: 'close' });
    expect(await metOn(eve)).toEqual([null, '2026-06-02T09:00:00.000Z']);
    await face.update('Contact', eve, { encounterId });
    expect(await metOn(eve)).toEqual(['2026-02-01', '2026-05-01T09:00:00.000Z']);
    const { rows } = await face.page('Reminder', { filter: { subjectId: { eq: eve } } });
    expect(rows).toMatchObject([{ kind: 'keep_in_touch', dueAt: '2026-05-01T09:00:00.000Z' }]);
  });

  it('moves with the encounter, with the reminder, in one transaction', async () => {
    const encounterId = await idOf('Encounter', { occurredOn: '2026-02-01' });
    const ada = await idOf('Contact', { name: 'Ada', tier: 'close', encounterId });
    const own = await idOf('Contact', { name: 'Eve', tier: 'close', encounterId, metOn: '2026-01-15' });
    const away = await idOf('Contact', { name: 'Ida', tier: 'close', encounterId });
    await face.remove('Contact', away);
    await program.events();
    await face.update('Encounter', encounterId, { occurredOn: '2026-02-20' });
    expect(await program.events()).toEqual(['encounter.updated', 'contact.updated', 'reminder.updated']);
    expect(await metOn(ada)).toEqual(['2026-02-20', '2026-05-20T09:00:00.000Z']);
    expect(await metOn(own)).toEqual(['2026-01-15', '2026-04-15T09:00:00.000Z']);
    await face.act({ type: 'Contact', id: away, noun: 'restoration', verb: 'restoreContact' });
    expect(await metOn(away)).toEqual(['2026-02-20', '2026-05-20T09:00:00.000Z']);
    const { rows } = await face.page('Reminder', { sort: 'dueAt' });
    expect(rows.map((row) => row.dueAt)).toEqual([
      ...['2026-04-15T09:00:00.000Z', '2026-05-20T09:00:00.000Z', '2026-05-20T09:00:00.000Z'],
    ]);
  });

  it('a day of its own wins; without it, the day of the encounter is back', async () => {
    const encounterId = await idOf('Encounter', { occurredOn: '2026-02-01' });
    const ada = await idOf('Contact', { name: 'Ada', metOn: '2025-06-01', metOnPrecision: 'month' });
    await face.update('Contact', ada, { encounterId });
    expect((await face.one('Contact', ada)).data).toMatchObject({ metOn: '2025-06-01', metOnPrecision: 'month' });
    expect((await face.update('Contact', ada, { metOn: null })).data).toMatchObject({
      metOn: '2026-02-01',
      metOnPrecision: 'day',
    });
    expect((await face.update('Contact', ada, { notes: 'x' })).data).toMatchObject({ metOn: '2026-02-01' });
    expect((await face.update('Contact', ada, { encounterId: null })).data).toMatchObject({
      metOn: null,
      encounterId: null,
    });
    expect((await face.update('Contact', ada, { metOn: '2025-06-01' })).data).toMatchObject({ metOn: '2025-06-01' });
    expect((await face.update('Contact', ada, { metOn: null })).data).toMatchObject({ metOn: null });
  });

  it('who was met at an encounter keeps the day when it is deleted', async () => {
    const encounterId = await idOf('Encounter', { occurredOn: '2026-02-01' });
    const ada = await idOf('Contact', { name: 'Ada', tier: 'close', encounterId });
    const away = await idOf('Contact', { name: 'Ida', tier: 'close', encounterId });
    await face.remove('Contact', away);
    await program.events();
    expect((await face.remove('Encounter', encounterId)).code).toBeNull();
    expect(await program.events()).toEqual(['contact.updated', 'encounter.deleted']);
    expect((await face.one('Contact', ada)).data).toMatchObject({ encounterId: null, metOn: '2026-02-01' });
    await face.act({ type: 'Contact', id: away, noun: 'restoration', verb: 'restoreContact' });
    expect((await face.one('Contact', away)).data).toMatchObject({ encounterId: null, metOn: '2026-02-01' });
    expect(await metOn(away)).toEqual(await metOn(ada));
  });

  it('one encounter has room for 500 contacts, so that its day moves in one transaction', async () => {
    const [encounterId, other] = [await idOf('Encounter', { occurredOn: '2026-02-01' }), await idOf('Encounter', {})];
    const operations = Array.from({ length: 500 }, (_, n) => ({
      create: { name: `Guest ${n}`, tier: 'close', encounterId },
    }));
    expect((await program.ask('post', '/v1/contacts/batch', { body: { operations } })).status).toBe(200);
    const ada = await idOf('Contact', { name: 'Ada', encounterId: other });
    const [guest] = (await face.page('Contact', { first: 1, filter: { encounterId: { eq: encounterId } } })).rows;
    await program.events();
    const full = { code: 'invalid_input', errors: [{ pointer: '/encounterId', code: 'tooManyMet' }] };
    expect(await face.create('Contact', { name: 'Eve', encounterId })).toMatchObject(full);
    expect(await face.update('Contact', ada, { encounterId })).toMatchObject(full);
    expect(await program.events()).toEqual([]);
    expect((await face.update('Contact', String(guest?.id), { encounterId, notes: 'x' })).code).toBeNull();
    expect((await face.update('Encounter', encounterId, { occurredOn: '2026-02-20' })).code).toBeNull();
    expect(await metOn(String(guest?.id))).toEqual(['2026-02-20', '2026-05-20T09:00:00.000Z']);
  });

  it('through whom: another contact that is there', async () => {
    const ada = await idOf('Contact', { name: 'Ada' });
    const eve = await idOf('Contact', { name: 'Eve', metThroughId: ada });
    expect((await face.one('Contact', eve)).data).toMatchObject({ metThroughId: ada, metOn: null });
    expect(await face.update('Contact', eve, { metThroughId: eve })).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/metThroughId', code: 'notItself' }],
    });
    const stranger = face.as(await program.anotherAccount());
    const theirs = String((await stranger.create('Contact', { name: 'Ida' })).data.id);
    const theirEncounter = String((await stranger.create('Encounter', {})).data.id);
    await program.events();
    for (const input of [{ metThroughId: theirs }, { encounterId: theirEncounter }]) {
      const [pointer] = Object.keys(input).map((field) => `/${field}`);
      const refused = { code: 'unknown_reference', errors: [{ pointer }] };
      expect(await face.create('Contact', { name: 'Ida', ...input })).toMatchObject(refused);
      expect(await face.update('Contact', eve, input)).toMatchObject(refused);
    }
    expect(await program.events()).toEqual([]);
    expect((await face.update('Contact', eve, { metThroughId: null })).data).toMatchObject({ metThroughId: null });
  });
});

it('shows the encounter, through whom, who was introduced, and who was met, in one graph', async () => {
  const program = await shared.asAnother();
  const make = async (path: string, body: object) => (await program.ask('post', path, { body })).body.id as string;
  const encounterId = await make('/v1/encounters', { title: 'JSConf', occurredOn: '2026-02-01' });
  const ada = await make('/v1/contacts', { name: 'Ada' });
  const eve = await make('/v1/contacts', { name: 'Eve', metThroughId: ada, encounterId });
  const query = `query ($id: ID!) { contact(id: $id) { metAt { title met { nodes { name } } } metThrough { name introduced { nodes { name } } } } }`;
  const { body } = await program.graphql(query, { id: eve });
  expect(body.data.contact).toEqual({
    metAt: { title: 'JSConf', met: { nodes: [{ name: 'Eve' }] } },
    metThrough: { name: 'Ada', introduced: { nodes: [{ name: 'Eve' }] } },
  });
});

it('the doctor finds a day that is not that of the encounter, and repairs it with the next touch', async () => {
  const examining = await Examining.of(shared);
  await examining.on.clear();
  const encounterId = await examining.on.make('Encounter', { occurredOn: '2026-02-20' });
  const id = await examining.on.make('Contact', { name: 'Ada', tier: 'inner', encounterId });
  await examining.sql(`update contacts set met_on = '2026-02-10' where id = '${id}'`);
  expect(await examining.wrongs()).toContain(
    'meetings_on_days_of_encounters: was met on 2026-02-10, and the encounter was on 2026-02-20',
  );
  await examining.mend();
  expect((await examining.on.face.one('Contact', id)).data).toMatchObject({
    metOn: '2026-02-20',
    nextTouchAt: '2026-03-20T09:00:00.000Z',
  });
});

import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';
import { Ringing } from '../../reminders/ringing.js';
import { entangled, everything, pointingAt } from './entangled.js';

type Body = Record<string, unknown>;

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('two contacts that are one person, over %s', (name) => {
  let on: Ringing;

  beforeAll(async () => {
    on = await Ringing.over(name, shared);
  });
  beforeEach(() => on.clear());

  const person = (called: string, input: Body = {}): Promise<string> => on.make('Contact', { name: called, ...input });
  const merge = (id: string, contactId: string, input: Body = {}) =>
    on.face.act({ type: 'Contact', id, noun: 'merge', verb: 'mergeContacts', input: { contactId, ...input } });
  const unmerge = (id: string) =>
    on.face.act({
      type: 'Contact',
      id,
      noun: 'unmerge',
      verb: 'unmergeContact',
      ...(name === 'rest' ? { input: {} } : {}),
    });
  const merged = async (id: string, contactId: string, input: Body = {}): Promise<Body> => {
    const { code, message, data } = await merge(id, contactId, input);
    expect([code, message]).toEqual([null, '']);
    return data;
  };
  const parted = async (id: string): Promise<Body> => {
    const { code, message, data } = await unmerge(id);
    expect([code, message]).toEqual([null, '']);
    return data;
  };
  const contact = async (id: string): Promise<Body> => (await on.face.one('Contact', id)).data;
  const call = (contactIds: readonly string[], occurredAt: string): Promise<string> =>
    on.make('Interaction', { contactIds, channel: 'call', occurredAt });
  it('become one, with whatever pointed at the other, and two again as if nothing had been', async () => {
    const { kept, gone, friend } = await entangled(on);
    const before = await everything(on);
    const data = await merged(kept, gone);
    expect(data).toMatchObject({
      ...{ name: 'Ada Lovelace', emails: ['ada@example.org', 'al@example.org'], company: 'Engines', title: 'Countess' },
      ...{ notes: 'Likes horses', custom: { a: 1 }, tier: 'inner', metThroughId: null, mergedIntoId: null },
      ...{ lastTouchAt: '2026-02-20T10:00:00.000Z', nextTouchAt: '2026-03-20T09:00:00.000Z' },
    });
    expect(await on.events()).toEqual([
      ...['reminder.updated', 'reminder.deleted', 'reminder.deleted', 'contact.deleted'],
      ...['contact.merged', 'reminder.created', 'reminder.created'],
    ]);
    expect(await pointingAt(on, gone)).toEqual(['memberships.contact_id', 'imported_contacts.contact_id']);
    expect((await contact(friend)).metThroughId).toBe(kept);
    expect((await on.face.page('Encounter', { sort: 'id' })).rows.map(({ people }) => people)).toEqual([
      [
        { contactId: kept, role: null },
        { contactId: friend, role: null },
      ],
      [{ contactId: kept, role: 'speaker' }],
    ]);
    expect((await on.about(kept)).map(({ kind }) => kind).sort()).toEqual(['follow_up', 'keep_in_touch', 'manual']);
    expect((await on.program.ask('get', '/v1/contacts/by/crm/17')).body.id).toBe(kept);
    const { rows } = await on.program.pool.query(
      `select type, subject_id, data ->> 'mergedIntoId' as into, previous ->> 'mergedContactId' as merged from events
        where type in ('contact.deleted', 'contact.merged') order by sequence desc limit 2`,
    );
    expect(rows).toEqual([
      { type: 'contact.merged', subject_id: kept, into: null, merged: gone },
      { type: 'contact.deleted', subject_id: gone, into: kept, merged: null },
    ]);
    await on.events();
    expect(await parted(gone)).toMatchObject({ name: 'A. Lovelace', mergedIntoId: null });
    expect(await everything(on)).toEqual(before);
    const events = await on.events();
    expect(events.filter((type) => type.startsWith('contact.'))).toEqual(['contact.restored', 'contact.unmerged']);
    expect((await on.face.page('ContactMerge')).rows).toMatchObject([
      { contactId: kept, mergedId: gone, state: 'undone', undoneAt: '2026-03-02T10:00:00.000Z' },
    ]);
  });

  it('keep what came since with the one that was there, and what was edited since', async () => {
    const [kept, gone] = [
      await person('Ada'),
      await person('A. L.', { company: 'Engines', title: 'CTO', emails: ['a@b.example'], tags: ['x'] }),
    ];
    const old = await call([gone], '2026-02-20T10:00:00.000Z');
    await merged(kept, gone);
    const since = await call([kept], '2026-02-25T10:00:00.000Z');
    await on.change('Contact', kept, {
      title: 'CEO',
      emails: ['a@b.example', 'new@b.example'],
      custom: { since: true },
    });
    await parted(gone);
    expect(await contact(kept)).toMatchObject({
      ...{ company: null, title: 'CEO', emails: ['new@b.example'], tags: [], custom: { since: true } },
      lastTouchAt: '2026-02-25T10:00:00.000Z',
    });
    expect(await contact(gone)).toMatchObject({ company: 'Engines', lastTouchAt: '2026-02-20T10:00:00.000Z' });
    expect((await on.face.one('Interaction', old)).data.contactIds).toEqual([gone]);
    expect((await on.face.one('Interaction', since)).data.contactIds).toEqual([kept]);
  });

  it('keep the encounter where they were met, and forget one that was deleted since', async () => {
    const encounter = (occurredOn: string): Promise<string> =>
      on.make('Encounter', { title: 'An evening', kind: 'meetup', occurredOn });
    const [first, second] = [await encounter('2026-01-10'), await encounter('2026-01-20')];
    const kept = await person('Ada', { encounterId: first });
    const gone = await person('A. L.', { encounterId: second });
    expect(await merged(kept, gone, { take: ['encounterId'] })).toMatchObject({
      encounterId: second,
      metOn: '2026-01-20',
    });
    await parted(gone);
    expect(await contact(kept)).toMatchObject({ encounterId: first });
    expect(await merged(kept, gone)).toMatchObject({ encounterId: first, metOn: '2026-01-10' });
    await parted(gone);
    expect(await contact(kept)).toMatchObject({ encounterId: first, metOn: '2026-01-10' });
    await merged(kept, gone, { take: ['encounterId'] });
    await on.face.remove('Encounter', first);
    await parted(gone);
    expect(await contact(kept)).toMatchObject({ encounterId: null, metOn: '2026-01-10' });
    expect(await contact(gone)).toMatchObject({ encounterId: second });
    const own = await person('Ada', { metOn: '2020-05-05' });
    expect(await merged(own, gone, { take: ['encounterId'] })).toMatchObject({
      encounterId: second,
      metOn: '2020-05-05',
    });
  });

  it('say where the other went, and refuse what cannot be with the way out', async () => {
    const [a, b, c] = [await person('A'), await person('B'), await person('C')];
    const stranger = await on.face.as(await shared.anotherAccount()).create('Contact', { name: 'Eve' });
    const theirs = String(stranger.data.id);
    await merged(b, a);
    const trashed = await person('T');
    await on.face.remove('Contact', trashed);
    await on.events();
    expect(await on.face.one('Contact', a)).toMatchObject({ code: 'not_found', message: expect.stringContaining(b) });
    const restored = await on.face.act({ type: 'Contact', id: a, noun: 'restoration', verb: 'restoreContact' });
    expect(restored).toMatchObject({ code: 'conflict', message: expect.stringContaining('unmerge') });
    for (const [id, other, code, says] of [
      [b, b, 'invalid_input', 'name the other one'],
      [b, a, 'unknown_reference', `was merged into ${b}`],
      [b, trashed, 'unknown_reference', 'is in the trash: restore it first'],
      [b, theirs, 'unknown_reference', `There is no contact ${theirs}`],
      [a, c, 'not_found', a],
    ] as const)
      expect(await merge(id, other)).toMatchObject({ code, message: expect.stringContaining(says) });
    expect(await unmerge(c)).toMatchObject({ code: 'conflict', message: expect.stringContaining('nothing to undo') });
    expect((await unmerge(theirs)).code).toBe('not_found');
    expect(await on.events()).toEqual([]);
    await merged(c, b);
    expect(await on.face.one('Contact', a)).toMatchObject({ message: expect.stringContaining(c) });
    expect(await unmerge(a)).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`undo the merge of ${b} first`),
    });
    await parted(b);
    const d = await person('D');
    await merged(b, d);
    expect(await unmerge(a)).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`${d} was merged into ${b} later`),
    });
    await parted(d);
    await on.face.remove('Contact', b);
    expect(await unmerge(a)).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('restore that one first'),
    });
    await on.face.act({ type: 'Contact', id: b, noun: 'restoration', verb: 'restoreContact' });
    on.program.clock.set('2026-04-01T10:00:00.000Z');
    expect(await unmerge(a)).toMatchObject({ code: 'conflict', message: expect.stringContaining('30 days') });
  });

  it('are not merged while both are recruiters, or their notes are too long', async () => {
    const [a, b] = [await person('A', { notes: 'x'.repeat(6_000) }), await person('B', { notes: 'y'.repeat(6_000) })];
    expect(await merge(a, b)).toMatchObject({
      code: 'invalid_input',
      errors: [{ pointer: '/take', code: 'notesTooLong' }],
    });
    for (const contactId of [a, b]) await on.make('Recruiter', { contactId });
    expect(await merge(a, b, { take: ['notes'] })).toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('delete one'),
    });
    const { rows } = await on.face.page('Recruiter', { filter: { contactId: { eq: a } } });
    await on.face.remove('Recruiter', String(rows[0]?.id));
    expect(await merged(a, b, { take: ['notes'] })).toMatchObject({ notes: 'y'.repeat(6_000) });
  });

  it('are merged once with the same key, not with an old version, and in as many statements however much points at them', async () => {
    const [a, b] = [await person('A'), await person('B')];
    const ask = (id: string, other: string, headers: Record<string, string>) =>
      name === 'rest'
        ? on.program.ask('post', `/v1/contacts/${id}/merge`, { body: { contactId: other }, headers })
        : on.program.graphql(
            `mutation { mergeContacts(id: "${id}", input: {contactId: "${other}"}${headers['if-match'] ? ', ifVersion: 9' : ''}) { contact { id } } }`,
            {},
            { headers: headers['if-match'] ? {} : headers },
          );
    expect(JSON.stringify((await ask(a, b, { 'if-match': '"9"' })).body)).toContain('precondition_failed');
    const key = { 'idempotency-key': `merge ${name}`.replace(' ', '-') };
    const first = await countStatements(() => ask(a, b, key));
    await on.events();
    expect((await ask(a, b, key)).body).toEqual(first.result.body);
    expect(await on.events()).toEqual([]);
    const c = await person('C');
    for (let n = 1; n < 6; n += 1) await call([c], `2026-02-0${n}T10:00:00.000Z`);
    const again = await countStatements(() => ask(a, c, { 'idempotency-key': `again-${name}` }));
    expect(again.statements.length).toBe(first.statements.length);
  });
});

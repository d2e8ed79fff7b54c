import { RingsService } from '../../../src/features/reminders/ringing/rings.service.js';
import { faceOf, faces } from '../../harness/faces.js';
import type { Face } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('contacts over %s', (name) => {
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

  const make = async (input: Record<string, unknown> = {}) =>
    (await face.create('Contact', { name: 'Ada Lovelace', ...input })).data;

  it('keeps everything that is said of a person, and shows it alike', async () => {
    const said = {
      name: 'Ada Lovelace',
      givenName: 'Ada',
      emails: ['ada@example.org'],
      links: [{ kind: 'github', value: 'https://github.com/ada' }],
      company: 'Analytical Engines',
      birthday: '--12-10',
      relation: 'maintainer',
      metOn: '2025-11-30',
      tags: ['math', 'berlin'],
      custom: { coffee: 'black' },
      favourite: true,
    };
    const made = await face.create('Contact', said);
    expect(made.data).toMatchObject({
      ...said,
      notes: null,
      archived: false,
      nextTouchAt: null,
      level: null,
      version: 1,
    });
    expect((await face.one('Contact', String(made.data.id))).data).toEqual(made.data);
    expect((await faceOf('rest', program).one('Contact', String(made.data.id))).data).toEqual(made.data);
    expect(await program.events()).toEqual(['contact.created']);
  });

  it('derives the next touch from the cadence, and rings when it is due', async () => {
    const { id } = await make({ tier: 'close', metOn: '2025-12-15' });
    expect((await face.one('Contact', String(id))).data).toMatchObject({
      nextTouchAt: '2026-03-15T09:00:00.000Z',
      level: 'ok',
    });
    program.clock.set('2026-03-15T09:00:00.000Z');
    expect(await program.app.get(RingsService).ringDue()).toBe(1);
    const { rows } = await face.page('Occurrence', { filter: { subjectId: { eq: id } } });
    expect(rows).toMatchObject([
      {
        kind: 'keep_in_touch',
        title: 'Keep in touch with Ada Lovelace',
        snapshot: { name: 'Ada Lovelace', level: 'due' },
      },
    ]);
    expect(await program.events()).toEqual(['contact.created', 'reminder.created', 'reminder.due']);
  });

  it('completing the ring logs the touch, which moves the next one', async () => {
    const { id } = await make({ keepInTouchEvery: 'P1M', metOn: '2026-01-31' });
    await program.app.get(RingsService).ringDue();
    const [reminder] = (await face.page('Reminder', { filter: { subjectId: { eq: id } } })).rows;
    await program.events();
    const done = await face.act({
      type: 'Reminder',
      id: String(reminder?.id),
      noun: 'completion',
      verb: 'completeReminder',
      input: { note: 'Coffee' },
    });
    expect(done.data).toMatchObject({ state: 'active', dueAt: '2026-04-02T09:00:00.000Z' });
    expect((await face.one('Contact', String(id))).data).toMatchObject({
      lastTouchAt: '2026-03-02T10:00:00.000Z',
      nextTouchAt: '2026-04-02T09:00:00.000Z',
    });
    expect((await face.page('Interaction')).rows).toMatchObject([
      { summary: 'Coffee', countsAsTouch: true, contactIds: [id] },
    ]);
    expect(await program.events()).toEqual([
      'reminder.completed',
      'interaction.logged',
      'contact.updated',
      'reminder.updated',
    ]);
  });

  it('a touch moves the cadence; what does not count, and taking the touch back, moves nothing or moves it back', async () => {
    const { id } = await make({ keepInTouchEvery: 'P3M', metOn: '2026-01-10' });
    const touch = await face.create('Interaction', {
      contactIds: [id],
      channel: 'call',
      occurredAt: '2026-03-01T20:00:00Z',
    });
    expect(touch.data).toMatchObject({ contactIds: [id], direction: 'mutual', countsAsTouch: true });
    expect((await face.one('Contact', String(id))).data).toMatchObject({ nextTouchAt: '2026-06-01T09:00:00.000Z' });
    await face.create('Interaction', {
      contactIds: [id],
      channel: 'email',
      countsAsTouch: false,
      occurredAt: '2026-03-02T08:00:00Z',
    });
    expect((await face.one('Contact', String(id))).data).toMatchObject({ lastTouchAt: '2026-03-01T20:00:00.000Z' });
    await face.update('Interaction', String(touch.data.id), { occurredAt: '2026-02-14T20:00:00Z' });
    expect((await face.one('Contact', String(id))).data).toMatchObject({ nextTouchAt: '2026-05-14T09:00:00.000Z' });
    await face.remove('Interaction', String(touch.data.id));
    expect((await face.one('Contact', String(id))).data).toMatchObject({
      lastTouchAt: null,
      nextTouchAt: '2026-04-10T09:00:00.000Z',
    });
    expect(await program.events()).toEqual([
      ...['contact.created', 'reminder.created'],
      ...['interaction.logged', 'contact.updated', 'reminder.updated'],
      'interaction.logged',
      ...['interaction.updated', 'contact.updated', 'reminder.updated'],
      ...['interaction.deleted', 'contact.updated', 'reminder.updated'],
    ]);
  });

  it('stops ringing when the cadence ends, is archived or asked not to be contacted', async () => {
    const { id } = await make({ keepInTouchEvery: 'P1M' });
    for (const off of [{ keepInTouchEvery: null }, { archived: true }, { doNotContact: true }]) {
      await face.update('Contact', String(id), { keepInTouchEvery: 'P1M', archived: false, doNotContact: false });
      await program.events();
      expect((await face.update('Contact', String(id), off)).data).toMatchObject({ nextTouchAt: null });
      expect((await face.page('Reminder')).rows).toEqual([]);
      expect(await program.events()).toEqual(['contact.updated', 'reminder.deleted']);
    }
  });

  it('is deleted softly, with its reminder', async () => {
    const { id } = await make({ tier: 'inner' });
    expect((await face.remove('Contact', String(id))).code).toBeNull();
    expect((await face.one('Contact', String(id))).code).toBe('not_found');
    expect((await face.page('Contact')).rows).toEqual([]);
    expect(await program.events()).toEqual([
      'contact.created',
      'reminder.created',
      'reminder.deleted',
      'contact.deleted',
    ]);
  });

  it('an update that changes nothing records nothing', async () => {
    const { id } = await make({ tags: ['a'] });
    await program.events();
    for (const same of [{}, { tags: ['a'] }, { name: 'Ada Lovelace', custom: {} }]) {
      expect((await face.update('Contact', String(id), same)).data).toMatchObject({ version: 1 });
    }
    expect(await program.events()).toEqual([]);
  });

  it('an update records the old values of what changed', async () => {
    const { id } = await make({ location: 'Paris' });
    await face.update('Contact', String(id), { location: 'London' });
    const { rows } = await program.pool.query(
      `select data, previous from events where type = 'contact.updated' order by sequence desc limit 1`,
    );
    expect(rows[0].previous).toEqual({ location: 'Paris' });
    expect(rows[0].data).toMatchObject({ location: 'London', version: 2 });
  });

  it.each([
    [{}, ['/name']],
    [{ name: null }, ['/name']],
    [{ name: 'A', emails: ['not an address'] }, ['/emails']],
    [{ name: 'A', emails: 'ada@example.org' }, name === 'rest' ? ['/emails'] : []],
    [{ name: 'A', links: [{ kind: 'github' }] }, ['/links']],
    [{ name: 'A', keepInTouchEvery: 'three months' }, ['/keepInTouchEvery']],
    [{ name: 'A', keepInTouchEvery: 'PT5M' }, ['/keepInTouchEvery']],
    [{ name: 'A', birthday: '--02-30' }, ['/birthday']],
    [{ name: 'A', metOn: '2026-02-29' }, ['/metOn']],
    [{ name: 'A', favourite: 'yes' }, ['/favourite']],
    [{ name: 'A', custom: { deep: '\u0000' } }, ['/custom']],
    [{ name: 'A', accountId: '00000000-0000-7000-8000-000000000000' }, ['/accountId']],
  ])('refuses %j, naming the field, and writes nothing', async (input, pointers) => {
    const refused = await face.create('Contact', input);
    if (pointers.length > 0) {
      expect(refused.code).toBe('invalid_input');
      if (name === 'rest') expect(refused.errors.map(({ pointer }) => pointer)).toEqual(pointers);
      expect(refused.message).toContain(pointers[0]?.slice(1));
      expect((await face.page('Contact')).rows).toEqual([]);
    } else {
      expect(refused.data).toMatchObject({ emails: ['ada@example.org'] });
    }
  });

  it("another account's contact cannot be seen, changed or linked", async () => {
    const { id } = await make();
    const stranger = face.as(await program.anotherAccount());
    expect((await stranger.one('Contact', String(id))).code).toBe('not_found');
    expect((await stranger.update('Contact', String(id), { name: 'X' })).code).toBe('not_found');
    expect((await stranger.create('Interaction', { contactIds: [id], channel: 'call' })).code).toBe(
      'unknown_reference',
    );
    const reminder = { title: 'x', dueOn: '2026-05-01', subjectType: 'contact', subjectId: id };
    expect((await stranger.create('Reminder', reminder)).code).toBe('unknown_reference');
    expect(await program.events()).toEqual(['contact.created']);
  });
});

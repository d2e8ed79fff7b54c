import { TestProgram } from '../../../harness/program.js';
import { WrappingUp, wrapUps } from './wrapping-up.js';
import type { Body } from './wrapping-up.js';

const NOBODY = '01890000-0000-7000-8000-000000000000';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(wrapUps)('a wrap-up over %s', (_, wrap) => {
  let on: WrappingUp;
  let program: TestProgram;

  beforeAll(async () => {
    program = await shared.asAnother();
    on = new WrappingUp(program, wrap);
  });
  beforeEach(() => on.clear());

  it('makes the encounter, the contacts and the follow-ups at once', async () => {
    const { encounterId, people } = await on.wrapUp({
      kind: 'conference',
      title: 'JSConf',
      occurredOn: '2026-03-01',
      people: [
        { name: 'Ada', emails: ['ada@example.org'], role: 'speaker', priority: 'low', tags: ['js'] },
        { name: 'Eve', notes: 'Writes parsers', priority: 'high', tier: 'close' },
        { name: 'Ida' },
      ],
    });
    expect(people).toEqual([
      { contactId: expect.any(String), outcome: 'made', followUpAt: '2026-03-05T10:00:00.000Z' },
      { contactId: expect.any(String), outcome: 'made', followUpAt: '2026-03-03T10:00:00.000Z' },
      { contactId: expect.any(String), outcome: 'made', followUpAt: '2026-03-04T10:00:00.000Z' },
    ]);
    expect(await program.events()).toEqual([
      ...['encounter.logged', 'contact.created', 'contact.created', 'reminder.created', 'contact.created'],
      ...['reminder.created', 'reminder.created', 'reminder.created'],
    ]);
    const [ada, eve] = people.map(({ contactId }) => contactId);
    expect(await on.get(`/v1/contacts/${ada}?include=metAt,encounters`)).toMatchObject({
      ...{ name: 'Ada', emails: ['ada@example.org'], tags: ['js'], encounterId, metOn: '2026-03-01' },
      metAt: { title: 'JSConf', people: [{ role: 'speaker' }, { role: null }, { role: null }] },
      encounters: [{ id: encounterId }],
    });
    expect(await on.get(`/v1/contacts/${eve}`)).toMatchObject({ nextTouchAt: '2026-06-01T09:00:00.000Z' });
    const { data } = await on.get(
      '/v1/reminders?filter[kind][eq]=follow_up&sort=dueAt&fields=title,priority,subjectId',
    );
    expect(data).toEqual([
      { title: 'Follow up with Eve', priority: 'high', subjectId: eve },
      { title: 'Follow up with Ida', priority: 'normal', subjectId: people[2]?.contactId },
      { title: 'Follow up with Ada', priority: 'low', subjectId: ada },
    ]);
  });

  it('finds who is there: by id, by address in any case, by any spelling of a profile', async () => {
    const contacts = {
      ada: await on.make('/v1/contacts', { name: 'Ada', emails: ['Ada@Example.org'], tags: ['js'], notes: 'First.' }),
      eve: await on.make('/v1/contacts', {
        name: 'Eve',
        links: [{ kind: 'linkedin', value: 'linkedin.com/in/eve-x' }],
      }),
      ida: await on.make('/v1/contacts', { name: 'Ida', links: [{ kind: 'github', value: '@Ida' }], company: 'Acme' }),
      may: await on.make('/v1/contacts', { name: 'May', links: [{ kind: 'mastodon', value: '@may@hachyderm.io' }] }),
      lin: await on.make('/v1/contacts', { name: 'Lin', metOn: '2020-01-01' }),
      web: await on.make('/v1/contacts', { name: 'Web', links: [{ kind: 'website', value: 'https://acme.example' }] }),
    };
    const { people, encounterId } = await on.wrapUp({
      people: [
        { name: 'A. Lovelace', emails: ['aDA@example.ORG', 'ada@new.example'], tags: ['JS', 'ts'], notes: 'Second.' },
        { links: [{ kind: 'other', value: 'https://de.linkedin.com/in/Eve-X/?trk=1' }], title: 'Engineer' },
        { links: [{ kind: 'website', value: 'https://github.com/IDA/' }], company: 'Other' },
        { links: [{ kind: 'mastodon', value: 'https://hachyderm.io/@May' }] },
        { contactId: contacts.lin.toUpperCase(), emails: ['lin@example.org'] },
        { name: 'Colleague', links: [{ kind: 'website', value: 'https://acme.example' }] },
      ],
    });
    const { ada, eve, ida, may, lin } = contacts;
    expect(people.slice(0, 5)).toEqual(
      [ada, eve, ida, may, lin].map((contactId) => ({ contactId, outcome: 'found', followUpAt: expect.any(String) })),
    );
    expect(people[5]).toMatchObject({ outcome: 'made' });
    expect(await on.get(`/v1/contacts/${ada}`)).toMatchObject({
      ...{
        name: 'Ada',
        emails: ['Ada@Example.org', 'ada@new.example'],
        tags: ['js', 'ts'],
        notes: 'First.\n\nSecond.',
      },
      encounterId: null,
    });
    expect(await on.get(`/v1/contacts/${eve}`)).toMatchObject({ title: 'Engineer' });
    expect(await on.get(`/v1/contacts/${ida}`)).toMatchObject({ company: 'Acme' });
    expect(await on.get(`/v1/contacts/${lin}`)).toMatchObject({ metOn: '2020-01-01', emails: ['lin@example.org'] });
    expect((await on.get(`/v1/encounters/${encounterId}?include=contacts`)).contacts).toHaveLength(6);
  });

  it('of the same people again makes nobody, and moves their follow-ups', async () => {
    const people = [{ name: 'Ada', emails: ['ada@example.org'], notes: 'Writes parsers' }];
    const first = await on.wrapUp({ people });
    program.clock.set('2026-03-02T12:00:00.000Z');
    await program.events();
    const second = await on.wrapUp({ people });
    expect(second.people).toEqual([
      { contactId: first.people[0]?.contactId, outcome: 'found', followUpAt: '2026-03-03T12:00:00.000Z' },
    ]);
    expect(await program.events()).toEqual(['encounter.logged', 'reminder.updated']);
    expect((await on.get('/v1/reminders')).data).toMatchObject([{ dueAt: '2026-03-03T12:00:00.000Z' }]);
  });

  it('makes members of the circle of those who have a handle there', async () => {
    const circleId = await on.make('/v1/circles', { name: 'Fastify' });
    const eve = await on.make('/v1/contacts', { name: 'Eve' });
    const ida = await on.make('/v1/contacts', { name: 'Ida' });
    await on.make('/v1/memberships', { circleId, contactId: eve });
    await on.make('/v1/memberships', { circleId, contactId: ida, handle: 'ida' });
    await program.events();
    await on.wrapUp({
      ...{ circleId, followUps: false },
      people: [
        { name: 'Ada', handle: 'ada-l' },
        { contactId: eve, handle: 'eve' },
        { contactId: ida, handle: 'another' },
        { name: 'Kay' },
      ],
    });
    expect(await program.events()).toEqual([
      ...['encounter.logged', 'contact.created', 'contact.created'],
      ...['circle.member_added', 'circle.member_updated'],
    ]);
    const { data } = await on.get('/v1/memberships?sort=id&fields=handle');
    expect(data.map(({ handle }: Body) => handle).sort()).toEqual(['ada-l', 'eve', 'ida']);
    expect((await on.get('/v1/reminders')).data).toEqual([]);
  });

  it('refuses what it cannot tell, naming every place, and writes nothing', async () => {
    const stranger = await program.anotherAccount();
    const ada = await on.make('/v1/contacts', { name: 'Ada', emails: ['ada@example.org'] });
    const { body: theirs } = await program.ask('post', '/v1/circles', { key: stranger, body: { name: 'Theirs' } });
    await program.events();
    const refused = async (body: Body, key?: string) => {
      const { code, errors } = await wrap(program, body, key);
      return [code, ...errors.map(({ pointer }) => pointer)];
    };
    const people = [
      { emails: ['nobody@example.org'] },
      { name: 'Eve', handle: 'eve' },
      { contactId: ada },
      { name: 'A', emails: ['ADA@example.org'] },
      { name: 'Ida', links: [{ kind: 'github', value: 'ida' }] },
      { name: 'Ida', links: [{ kind: 'github', value: 'https://github.com/ida' }] },
    ];
    expect(await refused({ people })).toEqual([
      ...['invalid_input', '/people/0/name', '/people/1/handle', '/people/3', '/people/5'],
    ]);
    expect(await refused({ people: [{ contactId: NOBODY }] })).toEqual(['unknown_reference', '/people/0/contactId']);
    expect(await refused({ people: [{ contactId: ada }] }, stranger)).toEqual([
      ...['unknown_reference', '/people/0/contactId'],
    ]);
    expect(await refused({ people: [{ name: 'Eve' }], circleId: theirs.id })).toEqual([
      ...['unknown_reference', '/circleId'],
    ]);
    expect(await refused({ people: [] })).toEqual(['invalid_input', '/people']);
    const many = Array.from({ length: 101 }, (_, n) => ({ name: `Guest ${n}` }));
    expect((await refused({ people: many }))[0]).toBe('invalid_input');
    expect((await refused({ people: [{ name: 'Eve', priority: 'urgent' }] }))[0]).toMatch(/invalid/);
    expect(await program.events()).toEqual([]);
    expect((await on.get('/v1/contacts')).data).toHaveLength(1);
    expect((await on.get('/v1/encounters')).data).toEqual([]);
  });
});

describe('a wrap-up', () => {
  const people = [{ name: 'Ada', emails: ['ada@example.org'] }];

  it('happens once under an idempotency key', async () => {
    const program = await shared.asAnother();
    const send = () =>
      program.ask('post', '/v1/encounters/wrap-up', { body: { people }, headers: { 'idempotency-key': 'once' } });
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
    expect((await program.ask('get', '/v1/encounters')).body.data).toHaveLength(1);
  });

  it('at the same moment as another makes nobody twice', async () => {
    const program = await shared.asAnother();
    const all = await Promise.all(
      Array.from({ length: 5 }, () => program.ask('post', '/v1/encounters/wrap-up', { body: { people } })),
    );
    expect(all.map(({ body }) => body.people[0].outcome).sort()).toEqual(['found', 'found', 'found', 'found', 'made']);
    expect((await program.ask('get', '/v1/contacts')).body.data).toHaveLength(1);
  });

  it('takes 100 people', async () => {
    const program = await shared.asAnother();
    const guests = Array.from({ length: 100 }, (_, n) => ({ name: `Guest ${n}`, emails: [`guest${n}@example.org`] }));
    const { body } = await program.ask('post', '/v1/encounters/wrap-up', { body: { people: guests } });
    expect(body.people).toHaveLength(100);
    const { body: reminders } = await program.ask('get', '/v1/reminders?total=true&first=1');
    expect(reminders.page.totalCount).toBe(100);
  });
});

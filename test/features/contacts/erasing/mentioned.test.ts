import { TrashPurge } from '../../../../src/features/contacts/erasing/trash-purge.js';
import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { WebhookFace } from '../../webhooks/webhook-faces.js';
import { placesOf } from './canaries.js';

type Body = Record<string, unknown>;

const CANARY = 'xq7canary';
const PERSON = {
  name: `Zoë de ${CANARY}`,
  givenName: 'Zoë',
  familyName: CANARY,
  emails: [`zoe+1@${CANARY}.example`],
  phones: ['+49 30 1234567'],
  links: [
    { kind: 'linkedin', value: `https://www.linkedin.com/in/zoe-${CANARY}/` },
    { kind: 'github', value: `https://github.com/${CANARY}-hub` },
    { kind: 'website', value: `https://www.${CANARY}.example` },
  ],
};

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('saved filters that mention a person, over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  let zoe: string;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('saved_filters', 'webhooks', 'events', 'outbox', 'kept_answers');
    zoe = await idOfNew(face, 'Contact', PERSON);
    const circleId = await idOfNew(face, 'Circle', { name: 'Circle' });
    await idOfNew(face, 'Membership', { circleId, contactId: zoe, handle: `${CANARY}#1815` });
  });

  const save = (called: string, more: Body = {}) =>
    idOfNew(face, 'SavedFilter', { name: called, list: 'contacts', filter: {}, ...more });
  const kept = async () => (await face.page('SavedFilter', { sort: 'name' })).rows.map((row) => row.name);
  const held = async (): Promise<unknown[]> => {
    const data =
      name === 'rest'
        ? (await program.ask('get', `/v1/contacts/${zoe}/personal-data`)).body
        : (await program.graphql(`{ personalData(id: "${zoe}") }`)).body.data.personalData;
    return (data.savedFilters as Body[]).map((row) => row.name);
  };
  const erase = async (id: string, called: string): Promise<void> => {
    const verb = { type: 'Erasure', noun: 'erasure', verb: 'eraseContact' };
    const text =
      'mutation ($id: ID!, $input: EraseContactInput!) { eraseContact(id: $id, input: $input) { erasure { id } } }';
    const { body } =
      name === 'rest'
        ? await program.ask('post', `/v1/contacts/${id}/${verb.noun}`, { body: { name: called } })
        : await program.graphql(text, { id, input: { name: called } });
    expect([body.code, body.errors]).toEqual([undefined, undefined]);
  };

  it.each<[string, (zoe: string) => Body]>([
    ['the id', (id) => ({ list: 'favours', filter: { contactId: { eq: id.toUpperCase() } } })],
    [
      'the id among others, deep inside',
      (id) => ({ list: 'favours', filter: { or: [{ not: { contactId: { in: [id] } } }] } }),
    ],
    ['an address in other case', () => ({ filter: { emails: { has: PERSON.emails[0]?.toUpperCase() } } })],
    ['an address among words', () => ({ q: `mail ${PERSON.emails[0]}, berlin` })],
    ['a telephone number, written otherwise', () => ({ note: 'Call +49-30-1234567!' })],
    ['the full name, decomposed', () => ({ filter: { name: { ne: PERSON.name.normalize('NFD').toUpperCase() } } })],
    ['the full name as what it is called', () => ({ name: `About zoë   de ${CANARY}` })],
    ['the family name first', () => ({ q: `${CANARY}, Zoë` })],
    ['a profile', () => ({ note: `see linkedin.com/in/zoe-${CANARY}` })],
    ['a handle', () => ({ q: `@${CANARY}-hub` })],
    ['a website', () => ({ q: `${CANARY}.example` })],
    ['what a circle calls the person', () => ({ list: 'memberships', filter: { handle: { eq: `${CANARY}#1815` } } })],
  ])('%s: is shown beforehand, and goes with the person', async (_, more) => {
    const saved = { name: 'It', ...more(zoe) };
    const id = await idOfNew(face, 'SavedFilter', { list: 'contacts', filter: {}, ...saved });
    await face.update('SavedFilter', id, { sort: ['id'] });
    await save('Berlin', { filter: { tags: { has: 'berlin' } } });
    expect(await held()).toEqual([saved.name]);
    await program.events();
    await erase(zoe, PERSON.name);
    expect(await kept()).toEqual(['Berlin']);
    expect(await program.events()).toEqual(['saved_filter.deleted', 'erasure.created']);
    const { rows } = await program.pool.query(
      'select distinct data::jsonb, previous::text from events where subject_id = $1',
      [id],
    );
    expect(rows).toEqual([{ data: { id, erased: true }, previous: null }]);
    expect(await placesOf(program.pool, CANARY)).toEqual([]);
  });

  it('what another system calls it goes too, and what was answered', async () => {
    const path = `/v1/savedFilters/by/crm/mails-of-${encodeURIComponent(PERSON.emails[0] ?? '')}`;
    const body = { name: 'It', list: 'contacts', filter: {} };
    const made = await program.ask('put', path, { body, headers: { 'idempotency-key': `saved-over-${name}` } });
    expect([made.status, await held()]).toEqual([201, ['It']]);
    await erase(zoe, PERSON.name);
    expect([await kept(), await placesOf(program.pool, CANARY)]).toEqual([[], []]);
  });

  it('what names nobody, somebody else, or only a usual word, stays', async () => {
    const bob = await idOfNew(face, 'Contact', { name: 'Bob', emails: ['bob@example.org'] });
    await save('Bob', { q: 'bob' });
    await save('Bob is a usual word here', { filter: { tags: { has: 'bobsleigh' }, name: { contains: 'bob ' } } });
    await save('Mail', { q: 'jim-bob@example.organic' });
    await save('Others', { list: 'favours', filter: { contactId: { eq: zoe } } });
    await program.events();
    await erase(bob, 'Bob');
    expect(await kept()).toEqual(['Mail', 'Others']);
    expect(await program.events()).toEqual([...Array<string>(2).fill('saved_filter.deleted'), 'erasure.created']);
  });

  it('emptying the trash leaves them, and endpoints: nobody asked to be forgotten, and afterwards nobody can', async () => {
    await save('Zoë', { filter: { emails: { has: PERSON.emails[0] } } });
    const filter = { name: { eq: PERSON.name } };
    const endpoint = { url: 'https://x.example/hook', eventTypes: ['contact.*'], filter };
    const { data } = await new WebhookFace(name, program).create(endpoint);
    await face.remove('Contact', zoe);
    await program.pool.query(`update contacts set deleted_at = $1::timestamptz - interval '31 days' where id = $2`, [
      program.clock.now(),
      zoe,
    ]);
    await program.events();
    await program.app.get(TrashPurge).purgeSome();
    expect(await program.events()).toEqual([]);
    expect(await kept()).toEqual(['Zoë']);
    expect((await face.one('Webhook', String(data.id))).data).toMatchObject({ filter, status: 'active' });
    const { body } = await program.ask('post', `/v1/contacts/${zoe}/erasure`, { body: { name: PERSON.name } });
    expect(body.code).toBe('not_found');
  });

  it('those of another account stay', async () => {
    const stranger = face.as(await program.anotherAccount());
    await idOfNew(stranger, 'SavedFilter', { name: 'Theirs', list: 'contacts', filter: {}, q: 'zoe@other.example' });
    await face.update('Contact', zoe, { emails: ['zoe@other.example'] });
    await erase(zoe, PERSON.name);
    expect((await stranger.page('SavedFilter')).rows).toHaveLength(1);
  });
});

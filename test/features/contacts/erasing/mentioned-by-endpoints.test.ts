import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { WebhookFace } from '../../webhooks/webhook-faces.js';
import { placesOf } from './canaries.js';

type Body = Record<string, unknown>;

const CANARY = 'xq7canary';
const PERSON = {
  name: `Zoë de ${CANARY}`,
  emails: [`zoe+1@${CANARY}.example`],
  phones: ['+49 30 1234567'],
  links: [{ kind: 'github', value: `https://github.com/${CANARY}-hub` }],
};
const PLAIN = { url: 'https://x.example/hook', eventTypes: ['contact.*'] };
const CLEARED = { filter: null, template: null, description: null, url: PLAIN.url, format: 'standard' };
const NOWHERE = 'https://erased.invalid/';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('endpoints whose settings mention a person, over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  let zoe: string;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('webhooks', 'events', 'outbox', 'kept_answers');
    zoe = await idOfNew(face, 'Contact', PERSON);
  });

  const endpoint = async (input: Body, key = program.key): Promise<string> =>
    String((await new WebhookFace(name, program, key).create(input)).data.id);
  const one = async (id: string): Promise<Body> => (await face.one('Webhook', id)).data;
  const held = async (): Promise<Body[]> =>
    name === 'rest'
      ? (await program.ask('get', `/v1/contacts/${zoe}/personal-data`)).body.webhooks
      : (await program.graphql(`{ personalData(id: "${zoe}") }`)).body.data.personalData.webhooks;
  const erase = async (id = zoe, called = PERSON.name): Promise<void> => {
    const text =
      'mutation ($id: ID!, $input: EraseContactInput!) { eraseContact(id: $id, input: $input) { erasure { id } } }';
    const { body } =
      name === 'rest'
        ? await program.ask('post', `/v1/contacts/${id}/erasure`, { body: { name: called } })
        : await program.graphql(text, { id, input: { name: called } });
    expect([body.code, body.errors]).toEqual([undefined, undefined]);
  };
  const copiesOf = async (id: string): Promise<Body[]> =>
    (await program.pool.query('select type, data::jsonb, previous from events where subject_id = $1 order by id', [id]))
      .rows;

  const ofId = (id: string): Body => ({ filter: { or: [{ not: { id: { in: [id] } } }] } });
  const ended = { status: 'disabled', disabledReason: 'erased' };
  it.each<[string, (zoe: string) => Body, Body]>([
    ['the id in a filter', ofId, ended],
    ['an address in a filter', () => ({ filter: { emails: { has: PERSON.emails[0]?.toUpperCase() } } }), ended],
    [
      'a profile in a template',
      () => ({
        format: 'template',
        template: `{% if data.links[0].value == "github.com/${CANARY}-hub" %}x{% endif %}.`,
      }),
      ended,
    ],
    [
      'one word that a template compares with',
      () => ({ format: 'template', template: `{% if data.name == '${CANARY}-hub' %}x{% endif %}.` }),
      ended,
    ],
    [
      'an address as an address of the web has it',
      () => ({ url: `${PLAIN.url}?to=${encodeURIComponent(PERSON.emails[0] ?? '')}` }),
      { ...ended, url: NOWHERE },
    ],
    [
      'the name as a form sends it',
      () => ({ url: `${PLAIN.url}?about=${new URLSearchParams({ a: PERSON.name }).toString().slice(2)}` }),
      { ...ended, url: NOWHERE },
    ],
    ['a number in a description', () => ({ description: 'Rings +49-30-1234567' }), { status: 'active' }],
  ])('%s: is shown beforehand, goes, and what cannot go on is disabled', async (_, more, after) => {
    const id = await endpoint({ ...PLAIN, ...more(zoe) });
    const other = await endpoint({ ...PLAIN, description: 'Zoë', filter: { tags: { has: 'zoë' } } });
    const before = await one(other);
    const shown = await held();
    expect(shown).toEqual([expect.objectContaining({ id, ...more(zoe) })]);
    expect(Object.keys(shown[0] ?? {}).filter((key) => /^(secrets|headers|accountId|filterPath)$/.test(key))).toEqual(
      [],
    );
    await program.events();
    await erase();
    expect(await one(id)).toMatchObject({ ...CLEARED, disabledReason: null, ...after });
    expect(await one(other)).toEqual(before);
    const disabled = after.status === 'disabled' ? ['webhook.endpoint_disabled'] : [];
    expect(await program.events()).toEqual([...disabled, 'erasure.created']);
    expect(await copiesOf(id)).toEqual([
      { type: 'webhook.ping', data: { id, erased: true }, previous: null },
      ...disabled.map((type) => ({
        type,
        data: expect.objectContaining({ id, ...CLEARED, ...after }),
        previous: { status: 'active', disabledReason: null },
      })),
    ]);
    expect(await placesOf(program.pool, CANARY)).toEqual([]);
  });

  it('one that is paused is disabled too, and one that is disabled or deleted is cleared and keeps its state', async () => {
    const said = { ...PLAIN, filter: { name: { eq: PERSON.name } } };
    const [paused = '', gone = '', deleted = ''] = [
      await endpoint(said),
      await endpoint(said),
      await endpoint({ ...said, url: `${PLAIN.url}/${PERSON.emails[0]}` }),
    ];
    await program.pool.query(`update webhooks set status = 'paused' where id = $1`, [paused]);
    await program.pool.query(`update webhooks set status = 'disabled', disabled_reason = 'gone' where id = $1`, [gone]);
    await face.remove('Webhook', deleted);
    await program.events();
    await erase();
    expect([await one(paused), await one(gone)]).toMatchObject([
      { ...CLEARED, ...ended },
      { ...CLEARED, status: 'disabled', disabledReason: 'gone' },
    ]);
    expect(await program.events()).toEqual(['webhook.endpoint_disabled', 'erasure.created']);
    expect(await placesOf(program.pool, CANARY)).toEqual([]);
  });

  it('it is active again with other settings, and those of another account stay as they are', async () => {
    const said = { ...PLAIN, filter: { name: { eq: PERSON.name } } };
    const id = await endpoint(said);
    const key = await program.anotherAccount();
    const stranger = face.as(key);
    const theirs = await endpoint(said, key);
    await erase();
    expect((await stranger.one('Webhook', theirs)).data).toMatchObject({ filter: said.filter, status: 'active' });
    await face.update('Webhook', id, { filter: { tags: { has: 'go' } } });
    await face.act({ type: 'Webhook', id, noun: 'activation', verb: 'activateWebhook' });
    expect(await one(id)).toMatchObject({ filter: { tags: { has: 'go' } }, status: 'active', disabledReason: null });
  });
});

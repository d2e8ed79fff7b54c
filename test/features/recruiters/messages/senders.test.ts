import { MessagesService } from '../../../../src/features/recruiters/messages/messages.service.js';
import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { receive } from './receive.js';

type Body = Record<string, unknown>;

const MAIL = {
  from: 'Rita Recruiter <rita@agency.example>',
  subject: 'A job',
  text: 'Hello',
  messageId: '1@x',
};

let shared: TestProgram;
beforeAll(async () => {
  // A program of its own: what listens to it cannot be taken away again.
  shared = await TestProgram.start({ env: { RATE_LIMIT_PER_MINUTE: '60000' } });
});
afterAll(() => shared.stop());

describe.each(faces)('senders over %s', (name) => {
  let program: TestProgram;
  let face: Face;
  /** What a feature that listens was told. */
  const heard: [message: unknown, recruiter: unknown][] = [];

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
    program.app.get(MessagesService, { strict: false }).whenReceived((_, message, recruiter) => {
      heard.push([message.id, recruiter.id]);
      return Promise.resolve();
    });
  });
  beforeEach(async () => {
    await program.clear();
    await program.empty('erasures', 'erasure_salts');
    await program.events();
    heard.length = 0;
  });

  const take = (input: Body = MAIL) => receive({ program, face: name }, input);
  const make = (id: unknown) =>
    face.act({ type: 'Message', id: String(id), noun: 'recruiter', verb: 'makeSenderRecruiter' });
  const erase = (id: string, of: string) => program.ask('post', `/v1/contacts/${id}/erasure`, { body: { name: of } });

  it('become a contact and a recruiter, who is heard of once', async () => {
    const { data } = await take();
    await program.events();
    const made = await make(data.id);
    expect(made.data).toMatchObject({ id: data.id, version: 2 });
    expect(await program.events()).toEqual(['contact.created', 'recruiter.created', 'recruiter.message_received']);
    expect((await face.one('Contact', String(made.data.contactId))).data).toMatchObject({
      name: 'Rita Recruiter',
      emails: ['rita@agency.example'],
      relation: 'recruiter',
    });
    expect((await face.one('Recruiter', String(made.data.recruiterId))).data).toMatchObject({
      contactId: made.data.contactId,
      status: 'new',
    });
    expect(heard).toEqual([[data.id, made.data.recruiterId]]);
    expect((await make(data.id)).data).toEqual(made.data);
    expect(await program.events()).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  it('are the contact who has the address by now, and the recruiter', async () => {
    const [first, second] = [await take(), await take({ ...MAIL, messageId: '2@x' })];
    const made = await make(first.data.id);
    await program.events();
    const other = await make(second.data.id);
    expect(other.data).toMatchObject({ contactId: made.data.contactId, recruiterId: made.data.recruiterId });
    expect(await program.events()).toEqual(['recruiter.message_received']);
    expect(heard).toHaveLength(2);
  });

  it('who are contacts become recruiters, and the event says what changed', async () => {
    const contactId = await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] });
    const { data } = await take();
    await program.events();
    expect((await make(data.id)).data).toMatchObject({ contactId, version: 2 });
    expect(await program.events()).toEqual(['recruiter.created', 'recruiter.message_received']);
    const { rows } = await program.pool.query(
      `select data, previous from events where type = 'recruiter.message_received' order by sequence desc limit 1`,
    );
    expect(rows[0].data).toEqual((await program.ask('get', `/v1/messages/${String(data.id)}`)).body);
    expect(rows[0].previous).toMatchObject({ recruiterId: null });
  });

  it('become one recruiter when they are made one twice at once', async () => {
    const [first, second] = [await take(), await take({ ...MAIL, messageId: '2@x' })];
    const made = await Promise.all([make(first.data.id), make(second.data.id)]);
    expect(new Set(made.map(({ data }) => data.recruiterId)).size).toBe(1);
    expect((await face.page('Contact')).rows).toHaveLength(1);
    expect((await face.page('Recruiter')).rows).toHaveLength(1);
  });

  it('whose contact is in the trash are refused, and nothing is written', async () => {
    const contactId = await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] });
    const { data } = await take();
    await face.remove('Contact', contactId);
    await program.events();
    expect((await make(data.id)).code).toBe('conflict');
    expect((await make('01890000-0000-7000-8000-000000000000')).code).toBe('not_found');
    expect(await program.events()).toEqual([]);
  });

  it('who are recruiters are heard of when they write, and others are not', async () => {
    const { data: recruiter } = await face.create('Recruiter', {
      contact: { name: 'R', emails: ['rita@agency.example'] },
    });
    const { data } = await take();
    await take();
    await take({ ...MAIL, from: 'else@x.example', messageId: '3@x' });
    expect(heard).toEqual([[data.id, recruiter.id]]);
  });

  it('who were erased are refused, with every message that they wrote before, known or not', async () => {
    const said = { ...MAIL, text: `xq7canary-${name}` };
    const early = await take(said);
    const id = await idOfNew(face, 'Contact', { name: 'Rita', emails: ['RITA@agency.example'] });
    const late = await take({ ...said, messageId: '2@x' });
    const other = await take({ ...MAIL, from: 'else@x.example', messageId: '3@x', text: 'stays' });
    expect(late.data.contactId).toBe(id);
    const { body: held } = await program.ask('get', `/v1/contacts/${id}/personal-data`);
    expect(held.messages.map((row: Body) => row.id).sort()).toEqual([early.data.id, late.data.id].sort());
    expect((await erase(id, 'Rita')).status).toBeLessThan(300);
    expect((await face.page('Message')).rows.map((row) => row.id)).toEqual([other.data.id]);
    const { rows } = await program.pool.query(`select 1 from events where data::text like '%xq7canary-${name}%'`);
    expect(rows).toEqual([]);
    await program.events();
    const again = await take({ ...MAIL, messageId: '4@x' });
    expect(again).toMatchObject({ code: 'unprocessable', errors: [{ pointer: '/from', code: 'wasErased' }] });
    expect((await face.page('Message')).rows).toHaveLength(1);
    expect(await program.events()).toEqual([]);
    await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] });
    expect((await take({ ...MAIL, messageId: '4@x' })).code).toBeNull();
  });

  it('who were in the trash for good write as strangers', async () => {
    const id = await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] });
    await erase(id, 'Rita');
    await program.pool.query(`update erasures set reason = 'trash' where id = $1`, [id]);
    expect((await take()).data).toMatchObject({ contactId: null, state: 'received' });
  });

  it('who are merged bring their messages', async () => {
    const [kept, gone] = [
      await idOfNew(face, 'Contact', { name: 'Rita', emails: ['r@x.example'] }),
      await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] }),
    ];
    const { data } = await take();
    expect(data.contactId).toBe(gone);
    await program.ask('post', `/v1/contacts/${kept}/merge`, { body: { contactId: gone } });
    expect((await face.one('Message', String(data.id))).data).toMatchObject({ contactId: kept, version: 2 });
  });

  it('are shown with their messages in one statement', async () => {
    const { data: recruiter } = await face.create('Recruiter', {
      contact: { name: 'R', emails: ['rita@agency.example'] },
    });
    const { data } = await take();
    const { body } = await program.ask('get', `/v1/recruiters/${String(recruiter.id)}?include=messages,contact`);
    expect(body.messages).toMatchObject([{ id: data.id }]);
    const { body: shown } = await program.ask('get', `/v1/messages/${String(data.id)}?include=recruiter,contact`);
    expect(shown).toMatchObject({ recruiter: { id: recruiter.id }, contact: { id: recruiter.contactId } });
  });

  it('are read and written with the scopes of recruiters', async () => {
    const { data } = await take();
    const keyWith = async (scope: string) =>
      String((await program.ask('post', '/v1/keys', { body: { name: 'x', scopes: [scope] } })).body.secret);
    const [reader, stranger] = [await keyWith('recruiters:read'), await keyWith('contacts:*')];
    expect((await face.as(reader).one('Message', String(data.id))).code).toBeNull();
    expect((await receive({ program, face: name, key: reader }, { ...MAIL, messageId: '9@x' })).code).toBe('forbidden');
    expect((await face.as(stranger).one('Message', String(data.id))).code).toBe('forbidden');
  });
});

import { faceOf, faces, idOfNew } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { countStatements } from '../../../harness/statements.js';
import { receive } from './receive.js';

type Body = Record<string, unknown>;

const MAIL = {
  from: 'Rita Recruiter <Rita@Agency.example>',
  to: 'Ada <ada@example.org>, team@example.org',
  subject: 'Senior TypeScript engineer',
  text: 'Hello Ada,\r\n\r\nwe are looking for you.',
  date: 'Mon, 29 Jun 2026 17:12:00 +0200',
  messageId: '<4711@agency.example>',
};

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('messages over %s', (name) => {
  let program: TestProgram;
  let face: Face;

  beforeAll(async () => {
    program = await shared.asAnother();
    face = faceOf(name, program);
  });
  beforeEach(async () => {
    await program.clear();
    program.clock.set('2026-06-30T10:00:00.000Z');
    await program.events();
  });

  const take = (input: Body) => receive({ program, face: name }, input);
  const kept = async () => (await face.page('Message', { sort: 'receivedAt' })).rows;
  /** The data of the last event of a type. */
  const told = async (type: string) => {
    const { rows } = await program.pool.query(
      'select data, previous from events where type = $1 order by sequence desc limit 1',
      [type],
    );
    return rows[0] as { data: Body; previous: Body | null };
  };

  it('come in from somebody unknown, who is made nothing by it', async () => {
    const { data, status } = await take(MAIL);
    expect(data).toMatchObject({
      ...{ direction: 'inbound', channel: 'email', state: 'received', reason: null, version: 1 },
      ...{ fromName: 'Rita Recruiter', fromAddress: 'Rita@Agency.example', fromProfile: null },
      ...{ toAddresses: ['ada@example.org', 'team@example.org'], subject: 'Senior TypeScript engineer' },
      ...{ text: 'Hello Ada,\n\nwe are looking for you.', isCut: false, receivedAt: '2026-06-29T15:12:00.000Z' },
      ...{ messageId: '4711@agency.example', inReplyTo: null, references: [], contactId: null, recruiterId: null },
    });
    if (name === 'rest') expect(status).toBe(201);
    expect(await program.events()).toEqual(['message.received']);
    const { data: event } = await told('message.received');
    expect(event).toEqual((await program.ask('get', `/v1/messages/${String(data.id)}`)).body);
    expect((await face.page('Recruiter')).rows).toEqual([]);
    expect((await face.page('Contact')).rows).toEqual([]);
  });

  it('of a recruiter are told as theirs, whatever the case of the address', async () => {
    const recruiter = await face.create('Recruiter', { contact: { name: 'R', emails: ['rita@AGENCY.example'] } });
    await program.events();
    const { data } = await take(MAIL);
    expect(data).toMatchObject({ contactId: recruiter.data.contactId, recruiterId: recruiter.data.id });
    expect(await program.events()).toEqual(['recruiter.message_received']);
    const { data: event } = await told('recruiter.message_received');
    expect(event).toEqual((await program.ask('get', `/v1/messages/${String(data.id)}`)).body);
    expect((await face.one('Recruiter', String(recruiter.data.id))).data).toMatchObject({ status: 'new', version: 1 });
  });

  it('of LinkedIn are those of whoever has the profile', async () => {
    const contact = { name: 'Rita', links: [{ kind: 'linkedin', value: 'https://linkedin.com/in/Rita-R/' }] };
    const { data: recruiter } = await face.create('Recruiter', { contact });
    const profile = 'https://de.linkedin.com/in/rita-r?trk=1';
    const { data } = await take({ channel: 'linkedin', from: 'Rita R', profile, text: 'Hi', messageId: 'm1' });
    expect(data).toMatchObject({
      ...{ channel: 'linkedin', fromName: 'Rita R', fromAddress: null, recruiterId: recruiter.id },
      ...{ fromProfile: 'https://www.linkedin.com/in/rita-r', messageId: 'm1' },
    });
  });

  it('of a contact who is no recruiter, or of one in the trash, are of no recruiter', async () => {
    const contactId = await idOfNew(face, 'Contact', { name: 'Rita', emails: ['rita@agency.example'] });
    await program.events();
    expect((await take(MAIL)).data).toMatchObject({ contactId, recruiterId: null });
    expect(await program.events()).toEqual(['message.received']);
    await face.remove('Contact', contactId);
    expect((await take({ ...MAIL, messageId: '<2@x>' })).data).toMatchObject({ contactId: null });
    expect((await face.page('Interaction')).rows).toEqual([]);
  });

  it('that come twice are kept once, by their Message-ID', async () => {
    const first = await take(MAIL);
    await program.events();
    const again = await take({ ...MAIL, subject: 'Fwd', headers: { 'message-ID': '<other@x>' } });
    expect(again.data).toEqual(first.data);
    if (name === 'rest') expect(again.status).toBe(200);
    const byHeader = await take({ ...MAIL, messageId: '', headers: { 'MESSAGE-ID': ['<4711@agency.example>'] } });
    expect(byHeader.data.id).toBe(first.data.id);
    expect(await program.events()).toEqual([]);
    expect((await take({ ...MAIL, messageId: '<other@x>' })).data.id).not.toBe(first.data.id);
  });

  it('without a Message-ID are kept once by what they say', async () => {
    const { messageId: _, ...plain } = MAIL;
    const first = await take(plain);
    program.clock.set('2026-07-01T10:00:00.000Z');
    expect((await take({ ...plain, from: 'R. R. <rita@agency.example>' })).data.id).toBe(first.data.id);
    const others = [{ subject: 'Other' }, { text: 'Other' }, { date: '2026-06-28T10:00:00Z' }, { from: 'o@x.example' }];
    for (const other of others) expect((await take({ ...plain, ...other })).data.id).not.toBe(first.data.id);
    expect(await kept()).toHaveLength(5);
  });

  it('that come twelve times at once are one', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => take(MAIL)));
    expect(new Set(all.map(({ data }) => data.id)).size).toBe(1);
    if (name === 'rest') expect(all.map(({ status }) => status).sort()).toEqual([...Array(11).fill(200), 201]);
    expect(await program.events()).toEqual(['message.received']);
  });

  it('of two accounts are two', async () => {
    const first = await take(MAIL);
    const key = await program.anotherAccount();
    const other = await receive({ program, face: name, key }, MAIL);
    expect(other.data.id).not.toBe(first.data.id);
    expect((await face.as(key).one('Message', String(first.data.id))).code).toBe('not_found');
  });

  it('say which thread they are of, when they were sent, and are found', async () => {
    program.clock.set('2026-06-30T10:00:00.000Z');
    const headers = { 'In-Reply-To': '<a@x>', References: '<root@x> <a@x> <a@x> junk', 'X-Other': 1 };
    const { data } = await take({ ...MAIL, headers, date: '2030-01-01T00:00:00Z' });
    expect(data).toMatchObject({
      ...{ inReplyTo: 'a@x', references: ['root@x', 'a@x'] },
      receivedAt: '2026-06-30T10:00:00.000Z',
    });
    await take({ from: 'x@y.example', text: 'Nothing about it', date: '2026-06-01T00:00:00Z' });
    const found = async (asked: object) => (await face.page('Message', asked)).rows.map(({ id }) => id);
    for (const asked of [
      { q: 'typescript' },
      { q: 'looking' },
      { q: 'Recruitr' },
      { filter: { fromAddress: { eq: 'RITA@agency.example' } } },
      { filter: { messageId: { eq: '4711@agency.example' } } },
      { filter: { inReplyTo: { eq: 'a@x' } } },
      { filter: { receivedAt: { gte: '2026-06-02T00:00:00Z' } } },
      { sort: '-receivedAt', first: 1 },
    ])
      expect([asked, await found(asked)]).toEqual([asked, [data.id]]);
    expect((await face.remove('Message', String(data.id))).code).toBeNull();
    expect(await program.events()).toEqual(['message.received', 'message.received', 'message.deleted']);
    expect((await take({ ...MAIL })).data.id).not.toBe(data.id);
  });

  it('without a text have that of their HTML, and are cut where they are long', async () => {
    const html =
      '<style>p{}</style><p>Hi&nbsp;&Ouml;zt&uuml;rk,</p><ul><li>one<li>two</ul><a href="https://jobs.example/1">apply</a><script>x()</script>';
    expect((await take({ from: 'a@x.example', text: '', html })).data).toMatchObject({
      text: 'Hi Öztürk,\n\n- one\n\n- two\n\napply (https://jobs.example/1)',
      isCut: false,
    });
    const long = await take({ from: 'b@x.example', subject: 's'.repeat(900_000), text: 'Hi '.repeat(10_000) });
    expect(long.data).toMatchObject({ subject: 's'.repeat(500), isCut: true });
    expect(String(long.data.text)).toHaveLength(20_000);
  });

  it('keep no text where the account keeps none', async () => {
    await program.ask('patch', '/v1/account', { body: { keepMessageTexts: false } });
    await program.events();
    const secret = { ...MAIL, text: `Only for you: xq7secret-${name}` };
    const { data } = await take(secret);
    expect(data).toMatchObject({ text: null, subject: MAIL.subject, fromAddress: 'Rita@Agency.example' });
    expect((await take(secret)).data.id).toBe(data.id);
    const { messageId: _, ...plain } = secret;
    const unnamed = await take(plain);
    expect((await take(plain)).data.id).toBe(unnamed.data.id);
    for (const table of ['messages', 'events', 'kept_answers']) {
      const { rows } = await program.pool.query(`select 1 from ${table} t where t::text like '%xq7secret-${name}%'`);
      expect([table, rows]).toEqual([table, []]);
    }
    await program.ask('patch', '/v1/account', { body: { keepMessageTexts: true } });
    expect((await take({ ...secret, messageId: '<2@x>' })).data.text).toBe(secret.text);
  });

  it.each<[string, Body, string, string]>([
    ['nobody who sent it', { text: 'Hi' }, '/from', 'hasAddress'],
    ['a name alone as a sender', { from: 'Rita' }, '/from', 'hasAddress'],
    ['what is no address as a sender', { from: 'rita@@agency.example, rita at agency' }, '/from', 'hasAddress'],
    ['nobody on LinkedIn', { channel: 'linkedin', from: ' ', text: 'Hi' }, '/from', 'hasSender'],
    [
      'a profile that is none',
      { channel: 'linkedin', profile: 'https://example.org/in/x' },
      '/profile',
      'isAcceptable',
    ],
    ['a date that is none', { ...MAIL, date: 'soon' }, '/date', 'isAcceptable'],
    ['a date of another century', { ...MAIL, date: '1066-10-14T00:00:00Z' }, '/date', 'isAcceptable'],
    ['a Message-ID of two words', { ...MAIL, messageId: '<a b@x>' }, '/messageId', 'matches'],
    ['a zero character', { ...MAIL, text: 'a\u0000b' }, '/text', 'isSafeText'],
    ['headers as a list', { ...MAIL, headers: [] }, '/headers', 'isObject'],
    ['a mail that is no base64', { raw: '{' }, '/raw', 'matches'],
    ['a mail and its parts', { raw: 'eA==', subject: 'x' }, '/subject', 'isInRaw'],
    ['a mail by LinkedIn', { raw: 'eA==', channel: 'linkedin' }, '/channel', 'isEmail'],
    ['an empty mail', { raw: '====' }, '/raw', 'matches'],
  ])('refuse %s, and write nothing', async (_, input, pointer, code) => {
    const { errors, status } = await take(input);
    expect(errors.map((error) => [error.pointer, error.code])).toEqual([[pointer, code]]);
    if (name === 'rest') expect(status).toBe(422);
    expect([await kept(), await program.events()]).toEqual([[], []]);
  });

  it('take thirteen statements of a recruiter, six of them for what is expected, and five when they are known', async () => {
    await face.create('Recruiter', { contact: { name: 'R', emails: ['rita@agency.example'] } });
    await take({ ...MAIL, messageId: '<warm@x>' });
    const asStatements = async (input: Body) => (await countStatements(() => take(input))).statements;
    expect(await asStatements(MAIL)).toHaveLength(13);
    expect(await asStatements(MAIL)).toHaveLength(5);
  });
});

import { faceOf, faces } from '../../../harness/faces.js';
import type { Face } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { HOSTILE } from './hostile-mails.js';
import { postMail, receiveMail } from './receive.js';

const MB = 1_048_576;
/** GraphQL takes a mail in base64, inside the body of a request. */
const LARGEST_IN_BASE64 = 700_000;
const MAIL = 'From: Rita <rita@agency.example>\r\nMessage-ID: <1@x>\r\nSubject: A job\r\n\r\nHello';

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('a mail over %s', (name) => {
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

  const take = (mail: string | Buffer) => receiveMail({ program, face: name }, mail);

  it('is read, and is the same message as its parts', async () => {
    const { data, status } = await take(MAIL);
    expect(data).toMatchObject({ fromName: 'Rita', subject: 'A job', text: 'Hello', messageId: '1@x' });
    if (name === 'rest') expect(status).toBe(201);
    expect((await take(`${MAIL} again`)).data).toEqual(data);
    expect(await program.events()).toEqual(['message.received']);
  });

  it.each(Object.entries(HOSTILE))('%s is bounded, and kept once', async (_, { mail, is }) => {
    const bytes = Buffer.from(mail());
    if (name === 'graphql' && bytes.length > LARGEST_IN_BASE64) return;
    const { data, code } = await take(bytes);
    expect([code, data]).toEqual([null, expect.objectContaining(is)]);
    expect((await take(bytes)).data.id).toBe(data.id);
    expect(await program.events()).toEqual(['message.received']);
    expect((await face.one('Message', String(data.id))).data).toEqual(data);
  });
});

describe('a large mail', () => {
  let program: TestProgram;
  beforeAll(async () => {
    program = await shared.asAnother();
  });
  beforeEach(async () => {
    await program.clear();
    await program.events();
  });

  /** With an attachment of so many bytes as they are sent. */
  const attached = (bytes: number): Buffer => {
    const head = `From: rita@agency.example\r\nSubject: Large\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nSee the file\r\n--b\r\nContent-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n`;
    return Buffer.concat([
      Buffer.from(head),
      Buffer.alloc(bytes, `${'QUJD'.repeat(19)}\r\n`),
      Buffer.from('\r\n--b--\r\n'),
    ]);
  };

  it('of 7 MB is read, and its attachment is not kept', async () => {
    const { data, status } = await postMail({ program }, attached(7 * MB));
    expect([status, data]).toEqual([201, expect.objectContaining({ state: 'received', text: 'See the file' })]);
  });

  it('of 9 MB is refused with what may be sent', async () => {
    const { status, code } = await postMail({ program }, attached(9 * MB));
    expect([status, code]).toEqual([413, 'payload_too_large']);
    expect(await program.events()).toEqual([]);
  });

  it('whose text takes more memory than there is, is listed with what is known of it', async () => {
    const text = Buffer.alloc(3 * MB, 'a\n');
    const { data } = await postMail({ program }, Buffer.concat([Buffer.from(`${MAIL}\r\n`), text]));
    expect(data).toMatchObject({ state: 'unreadable', subject: 'A job', text: null, messageId: '1@x' });
    expect(String(data.reason)).toContain('MB');
    expect((await postMail({ program }, Buffer.from(MAIL.replace('1@x', '2@x')))).data).toMatchObject({
      state: 'received',
    });
  });

  it('that is empty, or of another type, is refused', async () => {
    expect(await postMail({ program }, Buffer.alloc(0))).toMatchObject({ status: 422 });
    const headers = { 'content-type': 'text/plain' };
    const { status } = await program.ask('post', '/v1/inbound/messages', { headers }).send(MAIL);
    expect(status).toBe(415);
    expect(await program.events()).toEqual([]);
  });
});

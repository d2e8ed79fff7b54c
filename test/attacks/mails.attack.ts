import { atOnce } from './attacker.js';
import { ALONE, THIRTY, expectUnharmed, feltBy } from './felt.js';
import { casesOf } from './long-form.js';
import { Siege } from './siege.js';
import { promised, tell } from '../harness/figures.js';

/** At a time, in milliseconds, as for every input. */
const MOST_KEPT = 50;
const LARGEST = 19 * 1_048_576;
const FROM = 'From: a@example.org\r\n';
const HTML = `${FROM}Content-Type: text/html\r\n\r\n`;
const MIXED = `${FROM}Content-Type: multipart/mixed; boundary=b\r\n\r\n`;

let siege: Siege;
beforeAll(async () => {
  siege = await Siege.lay();
});
afterAll(() => siege.lift());

const filled = (head: string, text: string): Buffer =>
  Buffer.concat([Buffer.from(head), Buffer.alloc(LARGEST - head.length, text)]);

const MAILS: readonly (readonly [string, () => Buffer])[] = [
  ['of parts', () => filled(MIXED, '--b\r\n\r\nx\r\n')],
  [
    'of one attachment',
    () => filled(`${MIXED}--b\r\nContent-Transfer-Encoding: base64\r\n\r\n`, `${'QUJD'.repeat(19)}\r\n`),
  ],
  ['of elements inside each other', () => filled(HTML, '<div>')],
  ['of tags that close nothing', () => filled(HTML, '<b></i>')],
  ['of empty lines', () => filled(`${FROM}\r\n`, '\n')],
  ['of one header', () => filled(FROM, 'x')],
  ['of headers', () => filled(FROM, 'X-A: b\r\n')],
  ['of quoted-printable', () => filled(`${FROM}Content-Transfer-Encoding: quoted-printable\r\n\r\n`, '=C3=B6')],
];

it.each(casesOf(MAILS, 3))('19 MB %s, alone and eight at once, cost only their own account', async (what, mail) => {
  const bytes = mail();
  let sent = 0;
  const send = async (): Promise<void> => {
    sent += 1;
    bytes.writeUInt32LE(sent, bytes.length - 4);
    const type = { 'content-type': 'message/rfc822' };
    const { status } = await siege.attacker.ask('POST', '/v1/inbound/messages', bytes, type);
    expect([200, 201]).toContain(status);
  };
  for (const [many, bounds] of [
    [1, ALONE],
    [8, THIRTY],
  ] as const) {
    siege.kept();
    const felt = await feltBy({ name: `19 MB ${what} × ${many}`, ...siege }, () => atOnce(many, send));
    const [kept = 0] = siege.kept();
    tell(`  the loop was kept for ${kept} ms`);
    promised(kept, MOST_KEPT);
    expectUnharmed(felt, bounds);
  }
});

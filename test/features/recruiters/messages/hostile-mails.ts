/** A mail that is made to hurt, or that careless programs send, and what is to be known of it. */
export interface HostileMail {
  readonly mail: () => string | Buffer;
  /** What the message has. */
  readonly is: Readonly<Record<string, unknown>>;
}

const FROM = 'From: Rita <rita@agency.example>\r\n';
const UNREADABLE = { state: 'unreadable', text: null };

/** A multipart mail with so many parts. */
function parts(count: number): string {
  const part = '--b\r\nContent-Type: text/plain\r\n\r\npart\r\n';
  return `${FROM}Subject: Parts\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part.repeat(count)}--b--\r\n`;
}

/** Parts inside parts. */
function levels(count: number): string {
  const open = (n: number): string => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`;
  return `${FROM}Subject: Levels\r\n${Array.from({ length: count }, (_, n) => open(n)).join('')}\r\ninside`;
}

/** Mails inside mails, each attached to the next one. */
function mails(count: number): string {
  const wrap = `${FROM}Subject: Inner\r\nContent-Type: message/rfc822\r\n\r\n`;
  return `${FROM}Subject: Outer\r\nContent-Type: message/rfc822\r\n\r\n${wrap.repeat(count)}${FROM}\r\ninside`;
}

function simple(headers: string, body: string | Buffer = 'Hello'): Buffer {
  return Buffer.concat([Buffer.from(`${FROM}${headers}\r\n`), Buffer.from(body)]);
}

const html = (body: string): Buffer => simple('Content-Type: text/html; charset=utf-8\r\n', body);

/** By what they are. */
export const HOSTILE: Readonly<Record<string, HostileMail>> = {
  'with 10,000 parts': {
    mail: () => parts(10_000),
    is: { state: 'received', subject: 'Parts', isCut: true, text: expect.stringMatching(/^part\n\npart\n/) },
  },
  'with 3,000 levels': {
    mail: () => levels(3_000),
    is: {
      ...UNREADABLE,
      subject: 'Levels',
      fromAddress: 'rita@agency.example',
      reason: expect.stringContaining('100 levels'),
    },
  },
  'with 3,000 mails inside each other': {
    mail: () => mails(3_000),
    is: { state: 'received', subject: 'Outer' },
  },
  'with 3 MB of headers': {
    mail: () => simple(`Subject: Bomb\r\n${'X-Bomb: 0123456789012345678901234567890123456789\r\n'.repeat(60_000)}`),
    is: { ...UNREADABLE, subject: 'Bomb', reason: expect.stringContaining('header size') },
  },
  'with 30,000 headers': {
    mail: () => simple(`${'X-Bomb: 1\r\n'.repeat(30_000)}Subject: Many\r\n`),
    is: { state: 'received', subject: 'Many', text: 'Hello' },
  },
  'with a subject of 1 MB': {
    mail: () => simple(`Subject: ${'job '.repeat(250_000)}\r\n`),
    is: { state: 'received', subject: `${'job '.repeat(124)}job`, text: 'Hello' },
  },
  'with a subject of 1 MB in encoded words': {
    mail: () => simple(`Subject: ${'=?utf-8?Q?=C3=B6?=\r\n '.repeat(50_000)}\r\n`),
    is: { state: 'received', subject: 'ö'.repeat(500) },
  },
  'with 50,000 recipients': {
    mail: () => simple(`To: ${Array.from({ length: 50_000 }, (_, n) => `a${n}@x.example`).join(',')}\r\n`),
    is: { state: 'received', toAddresses: Array.from({ length: 50 }, (_, n) => `a${n}@x.example`) },
  },
  'with 10,000 references': {
    mail: () => simple(`References: ${Array.from({ length: 10_000 }, (_, n) => `<${n}@x>`).join(' ')}\r\n`),
    is: { references: Array.from({ length: 50 }, (_, n) => `${9_950 + n}@x`) },
  },
  'with a display name that turns its direction': {
    mail: () => Buffer.from(`From: "\u202egro.elpmaxe@sob\u202c Ri\u200bta\u200d" <rita@agency.example>\r\n\r\nHi`),
    is: { fromName: 'gro.elpmaxe@sob Rita', fromAddress: 'rita@agency.example' },
  },
  'with a subject of zero-width characters': {
    mail: () => simple('Subject: \u200b\u200d\u2060\ufeff\r\n'),
    is: { state: 'received', subject: null },
  },
  'with an emoji that joiners hold together, and tricks around it': {
    mail: () => simple('Subject: \u2066Job\u2069 \u{1f469}\u200d\u{1f4bb}\u200b in Tehr\u200can\r\n'),
    is: { subject: 'Job \u{1f469}\u200d\u{1f4bb} in Tehran' },
  },
  'in a charset that nobody knows': {
    mail: () => simple('Content-Type: text/plain; charset=x-martian\r\n', 'Hello from Mars'),
    is: { state: 'received', text: 'Hello from Mars' },
  },
  'in UTF-8 that is none': {
    mail: () => simple('Content-Type: text/plain; charset=utf-8\r\n', Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65])),
    is: { state: 'received', text: expect.stringMatching(/^Gr.+e$/) },
  },
  'in Windows-1252': {
    mail: () => simple('Content-Type: text/plain; charset=windows-1252\r\n', Buffer.from([0x80, 0x20, 0xfc])),
    is: { text: '\u20ac \u00fc' },
  },
  'with zero characters and lone surrogates': {
    mail: () => simple('Subject: a\u0000b\r\n', 'c\u0000d =?utf-16?Q?=D8=00?='),
    is: { subject: 'ab', text: expect.stringMatching(/^cd/) },
  },
  'with lines that end in every way': {
    mail: () => Buffer.from('From: rita@agency.example\nSubject: Ends\n\none\rtwo\nthree\r\nfour'),
    is: { subject: 'Ends', text: 'one\ntwo\nthree\nfour' },
  },
  'with HTML alone, 10,000 elements deep': {
    mail: () => html(`${'<div>'.repeat(10_000)}inside`),
    is: { state: 'received', text: 'inside' },
  },
  'with HTML that never ends': {
    mail: () => html(`Hi <a href="${'x'.repeat(500_000)}`),
    is: { state: 'received', text: 'Hi' },
  },
  'with 200,000 closing tags of nothing': {
    mail: () => html(`Hi${'</x>'.repeat(200_000)}`),
    is: { state: 'received', text: 'Hi' },
  },
  'with uuencoded bytes in its text': {
    mail: () => simple('', `See it\r\nbegin 644 cv.pdf\r\n${`M${'A'.repeat(60)}\r\n`.repeat(10_000)}\`\r\nend\r\n`),
    is: { state: 'received', isCut: true, text: expect.stringMatching(/^See it\nbegin 644 cv.pdf\nM/) },
  },
  'with an attachment and a text': {
    mail: () =>
      `${FROM}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${'QUJDREVG'.repeat(20_000)}\r\n--b--\r\n`,
    is: { state: 'received', text: 'See the file', isCut: false },
  },
  'with a Message-ID of 100 kB': {
    mail: () => simple(`Message-ID: <${'x'.repeat(100_000)}@x>\r\n`),
    is: { state: 'received', messageId: null },
  },
  'with two senders, and a name that looks like one': {
    mail: () => 'From: "boss@bank.example" <rita@agency.example>\r\nFrom: other@x.example\r\n\r\nHi',
    is: { fromName: 'boss@bank.example', fromAddress: 'rita@agency.example' },
  },
  'from a group': {
    mail: () => 'From: Team: rita@agency.example, b@x.example;\r\n\r\nHi',
    is: { fromAddress: 'rita@agency.example' },
  },
  'with no sender': {
    mail: () => 'Subject: Who?\r\n\r\nHi',
    is: { state: 'unreadable', subject: 'Who?', text: 'Hi', reason: expect.stringContaining('no sender') },
  },
  'that is a picture': {
    mail: () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
    is: { state: 'unreadable', fromAddress: null, reason: expect.stringContaining('no sender') },
  },
  'of the year 9999': {
    mail: () => simple('Date: Fri, 31 Dec 9999 23:59:59 +0000\r\n'),
    is: { state: 'received', receivedAt: '2026-06-30T10:00:00.000Z' },
  },
  'with a date that is none': {
    mail: () => simple('Date: yesterday\r\n'),
    is: { state: 'received', receivedAt: '2026-06-30T10:00:00.000Z' },
  },
};

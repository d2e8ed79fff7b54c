import { LinkedInFormatError, normalizeProfileUrl, readLinkedInConnections } from '../../src/kit/linkedin-csv.js';

const HEADER = 'First Name,Last Name,URL,Email Address,Company,Position,Connected On';
const NOTES =
  'Notes:\n"When exporting your connection data, you may notice that some of the email addresses are missing.\n' +
  'You will only see email addresses for connections who have allowed it. See ""First Name"" below."\n\n';

describe('readLinkedInConnections', () => {
  it('reads rows below notes, with the line each begins on', () => {
    const file = [
      `${NOTES}${HEADER}`,
      'Ada,Lovelace,https://www.linkedin.com/in/ada/?trk=x,ada@example.com,Analytical Engines,"Author, notes",04 Nov 2026',
      '"Grace ""Amazing""",Hopper,https://www.linkedin.com/in/grace,,"Navy\nReserve",Rear Admiral,9 Dec 2025',
      ',,,,,,01 Jan 2024',
      '',
      'Cher,,https://www.linkedin.com/in/cher,,,,',
    ].join('\n');
    expect(readLinkedInConnections(file)).toEqual({
      rows: [
        {
          line: 6,
          givenName: 'Ada',
          familyName: 'Lovelace',
          url: 'https://www.linkedin.com/in/ada',
          email: 'ada@example.com',
          company: 'Analytical Engines',
          position: 'Author, notes',
          connectedOn: '2026-11-04',
        },
        {
          line: 7,
          givenName: 'Grace "Amazing"',
          familyName: 'Hopper',
          url: 'https://www.linkedin.com/in/grace',
          email: '',
          company: 'Navy\nReserve',
          position: 'Rear Admiral',
          connectedOn: '2025-12-09',
        },
        {
          line: 11,
          givenName: 'Cher',
          familyName: '',
          url: 'https://www.linkedin.com/in/cher',
          email: '',
          company: '',
          position: '',
          connectedOn: null,
        },
      ],
      skipped: [{ line: 9, reason: expect.stringContaining('no name') }],
    });
  });

  it.each(['\n', '\r\n', '\r'])('reads a file with a byte order mark and lines ended by %j', (end) => {
    const file = `\uFEFF${NOTES}${HEADER}\nAda,Lovelace,,,,,04 Nov 2026\nAlan,Turing,,,,,05 Nov 2026\n`;
    const { rows } = readLinkedInConnections(file.replaceAll('\n', end));
    expect(rows.map(({ line, givenName, connectedOn }) => [line, givenName, connectedOn])).toEqual([
      [6, 'Ada', '2026-11-04'],
      [7, 'Alan', '2026-11-05'],
    ]);
  });

  it('finds columns by name, in any order, without URL and e-mail', () => {
    const file = 'Connected On,position,Company, Last Name ,First Name\n05 Nov 2026,Author,Engines,Lovelace,Ada\n';
    expect(readLinkedInConnections(file).rows).toEqual([
      expect.objectContaining({ givenName: 'Ada', familyName: 'Lovelace', position: 'Author', url: '', email: '' }),
    ]);
  });

  it('takes short rows, stray quotation marks and decomposed letters', () => {
    const file = `${HEADER}\nJu\u0308rgen,O"Neil\n`;
    expect(readLinkedInConnections(file).rows).toEqual([
      expect.objectContaining({ line: 2, givenName: 'J\u00FCrgen', familyName: 'O"Neil', connectedOn: null }),
    ]);
  });

  it.each([
    ['04 Nov 2026', '2026-11-04'],
    ['4 nov 2026', '2026-11-04'],
    ['29 Feb 2024', '2024-02-29'],
    ['30 Feb 2024', null],
    ['04 Mai 2026', null],
    ['2026-11-04', null],
    ['', null],
  ])('reads the day %j as %s', (day, expected) => {
    expect(readLinkedInConnections(`${HEADER}\nAda,Lovelace,,,,,${day}\n`).rows[0]?.connectedOn).toBe(expected);
  });

  it('is empty when there are no connections', () => {
    expect(readLinkedInConnections(`${NOTES}${HEADER}\n`)).toEqual({ rows: [], skipped: [] });
  });

  it.each(['', 'Name,E-mail 1 - Value\nAda,ada@example.com\n', 'First Name,Last Name\nAda,Lovelace\n', '"First Name'])(
    'says what it looked for in %j',
    (file) => {
      expect(() => readLinkedInConnections(file)).toThrow(LinkedInFormatError);
      expect(() => readLinkedInConnections(file)).toThrow(/First Name, Last Name, Company, Position, Connected On/);
    },
  );

  it('refuses a quotation mark that never ends', () => {
    expect(() => readLinkedInConnections(`${HEADER}\n"Ada,Lovelace\nAlan,Turing\n`)).toThrow(LinkedInFormatError);
  });
});

describe('normalizeProfileUrl', () => {
  it.each([
    ['https://www.linkedin.com/in/ada', 'https://www.linkedin.com/in/ada'],
    ['http://WWW.LinkedIn.com/in/Ada/?trk=1#top', 'https://www.linkedin.com/in/Ada'],
    [' www.linkedin.com/in/ada// ', 'https://www.linkedin.com/in/ada'],
    ['https://www.linkedin.com/in/jürgen', 'https://www.linkedin.com/in/j%C3%BCrgen'],
    ['https://www.linkedin.com/in/j%c3%bcrgen', 'https://www.linkedin.com/in/j%C3%BCrgen'],
    ['https://me:secret@example.com:8443/', 'https://example.com:8443'],
    ['', ''],
    ['javascript:alert(1)', ''],
    ['mailto:ada@example.com', ''],
    ['https://', ''],
  ])('spells %j as %j', (url, expected) => expect(normalizeProfileUrl(url)).toBe(expected));
});

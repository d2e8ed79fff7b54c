import { faces } from '../../../harness/faces.js';
import { TestProgram } from '../../../harness/program.js';
import { HEADER, Importing, connections } from './importing.js';

/** The header in the languages of LinkedIn's exports, the delimiter that spreadsheets use there, and a date as they write it. */
const LANGUAGES = [
  ['English', HEADER, ',', '07 Feb 2022'],
  ['German', 'Vorname,Nachname,URL,E-Mail-Adresse,Unternehmen,Position,Verbunden am', ';', '7. Februar 2022'],
  ['French', 'Prénom,Nom de famille,URL,Adresse e-mail,Entreprise,Poste,Connexion établie le', ';', '7 févr. 2022'],
  [
    'Spanish',
    'Nombre,Apellidos,URL,Dirección de correo electrónico,Empresa,Cargo,Conectado el',
    ';',
    '7 de febrero de 2022',
  ],
  ['Portuguese', 'Nome,Sobrenome,URL,Endereço de e-mail,Empresa,Cargo,Conectado em', ';', '07 fev 2022'],
  ['Italian', 'Nome,Cognome,URL,Indirizzo e-mail,Azienda,Posizione,Collegato il', '\t', '7 febbraio 2022'],
  ['Dutch', 'Voornaam,Achternaam,URL,E-mailadres,Bedrijf,Functie,Verbonden op', ',', '7-feb-22'],
  ['Polish', 'Imię,Nazwisko,URL,Adres e-mail,Firma,Stanowisko,Data nawiązania kontaktu', ';', '7 lutego 2022'],
  ['Swedish', 'Förnamn,Efternamn,URL,E-postadress,Företag,Befattning,Ansluten den', ',', '7 februari 2022'],
  ['Danish', 'Fornavn,Efternavn,URL,E-mailadresse,Virksomhed,Stilling,Forbundet den', ',', '7. feb. 2022'],
  ['Norwegian', 'Fornavn,Etternavn,URL,E-postadresse,Bedrift,Stilling,Tilknyttet den', ',', '07.02.2022'],
  ['Turkish', 'Adı,Soyadı,URL,E-posta Adresi,Şirket,Pozisyon,Bağlantı Tarihi', ',', '7 Şubat 2022'],
  ['Czech', 'Jméno,Příjmení,URL,E-mailová adresa,Společnost,Pozice,Datum spojení', ';', '7. února 2022'],
  ['Romanian', 'Prenume,Nume,URL,Adresă de e-mail,Companie,Poziție,Conectat la', ',', '7 februarie 2022'],
  [
    'Russian',
    'Имя,Фамилия,URL,Адрес электронной почты,Компания,Должность,Дата установления контакта',
    ';',
    '7 февраля 2022 г.',
  ],
  ['Japanese', '名,姓,URL,メールアドレス,会社,役職,つながった日', ',', '2022年2月7日'],
  ['Chinese', '名字,姓氏,网址,电子邮件地址,公司,职位,建立联系日期', ',', '2022/2/7'],
  ['Korean', '이름,성,URL,이메일 주소,회사,직책,1촌 맺은 날짜', ',', '2022. 2. 7.'],
  ['Indonesian', 'Nama Depan,Nama Belakang,URL,Alamat Email,Perusahaan,Posisi,Terhubung Pada', ',', '7 Februari 2022'],
] as const;

const PROFILES = [
  'https://www.linkedin.com/in/AbC',
  'http://linkedin.com/in/abc/',
  'linkedin.com/in/abc',
  'https://de.linkedin.com/in/abc?trk=public&x=1#top',
  'https://www.linkedin.com/in/abc/en',
  'https://www.linkedin.com/mobile/in/abc',
  'https://m.linkedin.com/in/ABC/',
  '//www.linkedin.com/in/%61bc',
];

/** In Windows-1251, which has the Russian letters in order. */
function cyrillic(text: string): Buffer {
  const byte = (sign: string): number => {
    const code = sign.charCodeAt(0);
    if (sign === 'ё') return 0xb8;
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  };
  return Buffer.from([...text].map(byte));
}

/** The beginning of a ZIP archive whose first entry has this name. */
function zip(name: string): Buffer {
  const head = Buffer.alloc(30);
  head.write('PK\u0003\u0004', 'latin1');
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), Buffer.alloc(40, 0x7f)]);
}

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('a file over %s', (name) => {
  let importing: Importing;

  beforeAll(async () => {
    importing = new Importing(name, await shared.asAnother());
  });

  const contacts = async () => (await importing.program.ask('get', '/v1/contacts?sort=-id')).body.data;
  const rowsOf = (...days: string[]): string[] =>
    days.map((day, n) => `P${n},${name},,p${n}.${day.length}@example.org,Co,,"${day}"`);

  it.each(LANGUAGES)('in %s', async (language, header, delimiter, day) => {
    const person = [
      'Jürgen',
      language,
      `https://www.linkedin.com/in/${language}`,
      `${language}@example.org`,
      'Firm',
      'Chef',
      day,
    ];
    const quoted = person.map((field) => `"${field}"`).join(delimiter);
    const { it, detail } = await importing.send(`${header.replaceAll(',', delimiter)}\r\n${quoted}\r\n`);
    expect([detail, it.created]).toEqual(['', 1]);
    expect((await contacts())[0]).toMatchObject({
      ...{ name: `Jürgen ${language}`, givenName: 'Jürgen', familyName: language, metOn: '2022-02-07' },
      ...{ emails: [`${language}@example.org`], company: 'Firm', title: 'Chef' },
      links: [{ kind: 'linkedin', value: `https://www.linkedin.com/in/${language.toLowerCase()}` }],
    });
  });

  const text = `Vorname;Nachname;Unternehmen\r\nJürgen;Müßig;Öl & Söhne\r\n`;
  it.each([
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), undefined, false],
    ['UTF-16', Buffer.from(`\ufeff${text}`, 'utf16le'), undefined, false],
    ['UTF-16, big end first', Buffer.from(`\ufeff${text}`, 'utf16le').swap16(), undefined, false],
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le'), undefined, false],
    ['Windows-1252, declared', Buffer.from(text, 'latin1'), 'windows-1252', false],
    ['ISO-8859-15, declared', Buffer.from(text, 'latin1'), 'iso-8859-15', false],
    ['Windows-1252, not declared', Buffer.from(text, 'latin1'), undefined, true],
    ['Windows-1252, declared as UTF-8', Buffer.from(text, 'latin1'), 'utf-8', true],
  ])('in %s', async (_, bytes, charset, isGuess) => {
    const { it } = await importing.send(bytes, charset === undefined ? {} : { charset });
    expect(it).toMatchObject({ state: 'applied', total: 1, failure: null });
    expect(it.notes).toEqual([
      expect.stringMatching(/^The file is read as (utf-8|utf-16[lb]e|windows-1252|iso-8859-15)\./),
    ]);
    expect(/was guessed.*charset=/.test(String(it.notes))).toBe(isGuess);
    expect((await contacts()).filter((one: { name: string }) => one.name === 'Jürgen Müßig')).toHaveLength(1);
  });

  it('in Windows-1251 with a Russian header, not declared', async () => {
    const { it } = await importing.send(cyrillic('Имя;Фамилия;Компания\r\nИван;Петров;Заря\r\n'));
    expect(it.notes).toEqual([expect.stringMatching(/^The file is read as windows-1251\. .*guessed/)]);
    expect((await contacts())[0]).toMatchObject({ name: 'Иван Петров', company: 'Заря' });
  });

  it('in Windows-1251 with an English header: only when it is declared, and the report says how', async () => {
    const file = cyrillic(`${HEADER}\r\nПётр,Иванов,,,Заря,,\r\n`);
    const { it, rows } = await importing.send(file, { preview: true });
    expect(it.notes).toEqual([expect.stringMatching(/^The file is read as windows-1252\. .*charset=windows-1251/)]);
    expect(rows).toHaveLength(1);
    expect((await importing.send(file, { charset: 'windows-1251' })).it.notes).toEqual([
      'The file is read as windows-1251.',
    ]);
    expect((await contacts())[0]).toMatchObject({ name: 'Пётр Иванов', company: 'Заря' });
    const unknown = await importing.send(cyrillic('Кличка;Род\r\nИван;Петров\r\n'));
    expect(unknown.code).toBe('unprocessable');
    expect(unknown.detail).toMatch(/charset=windows-1251/);
    expect((await importing.send('Кличка;Род\nИван;Петров\n')).detail).not.toMatch(/charset=/);
  });

  it.each([
    ['a workbook', zip('[Content_Types].xml'), /save it as CSV \(UTF-8\)/],
    ['a workbook of another program', zip('xl/workbook.xml'), /save it as CSV/],
    ['an OpenDocument', zip('mimetype'), /save it as CSV/],
    ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /save it as CSV/],
    ['an archive', zip('Connections.csv'), /ZIP archive: unpack it.*Connections\.csv/],
  ])('refuses %s and says what to send', async (_, file, detail) => {
    const before = await contacts();
    const refused = await importing.send(file);
    expect(refused).toMatchObject({ code: 'unprocessable', detail: expect.stringMatching(detail) });
    expect(await contacts()).toEqual(before);
    const { rows } = await importing.program.pool.query('select from import_files');
    expect(rows).toEqual([]);
  });

  it.each([
    ['bytes', Buffer.alloc(0), 'base64'],
    ['text', '', 'csv'],
  ])('refuses no %s at all', async (_, file, field) => {
    const refused = await importing.send(file);
    if (name === 'graphql')
      expect(refused).toMatchObject({ code: 'invalid_input', detail: expect.stringMatching(field) });
    else expect(refused.detail).toMatch(/^The file is empty\. Send LinkedIn's Connections\.csv as text/);
    expect(refused.it).not.toHaveProperty('id');
  });

  it('refuses an encoding that does not exist', async () => {
    expect((await importing.send(Buffer.from(text), { charset: 'klingon' })).detail).toMatch(
      /klingon is not an encoding/,
    );
  });

  it('names the same person by every spelling of a profile', async () => {
    const { it } = await importing.send(connections('Abc,Person,https://www.linkedin.com/in/abc,,,,'));
    expect(it.created).toBe(1);
    for (const profile of PROFILES) {
      expect([profile, (await importing.send(connections(`Abc,Person,${profile},,,,`))).it.unchanged]).toEqual([
        profile,
        1,
      ]);
    }
    const old = await importing.send(connections('Old,Person,https://www.linkedin.com/pub/old-person/1/23/45b,,,,'));
    expect(old.it.created).toBe(1);
    const moved = await importing.send(connections('Old,Person,https://www.linkedin.com/in/old-person-45b0231,,,,'));
    expect(moved.it.unchanged).toBe(1);
  });

  it('finds a contact of mine by its profile, however I wrote it', async () => {
    for (const [n, profile] of [
      ...PROFILES,
      'https://www.linkedin.com/in/j%C3%BCrgen/',
      'linkedin.com/in/JÜRGEN?x',
    ].entries()) {
      const value = profile.replace(/abc|%61bc/i, `mine${n}`);
      const body = { name: `Mine ${n}`, links: [{ kind: 'website', value }] };
      await importing.program.ask('post', '/v1/contacts', { body });
      const slug = value.includes('mine') ? `mine${n}` : 'jürgen';
      const { it } = await importing.send(connections(`Other${n},Name,https://www.linkedin.com/in/${slug},,,,`));
      expect([value, it.created]).toEqual([value, 0]);
    }
  });

  it.each([
    ['dayFirst', ['2/7/2022', '13/2/2022'], ['2022-07-02', '2022-02-13']],
    ['monthFirst', ['2/7/2022', '2/13/2022'], ['2022-02-07', '2022-02-13']],
  ])('knows by the whole column that dates are %s', async (_, days, expected) => {
    const { it } = await importing.send(connections(...rowsOf(...days)));
    expect(it.notes).toHaveLength(1);
    const found = await contacts();
    expect(
      found
        .slice(0, 2)
        .map(({ metOn }: { metOn: string }) => metOn)
        .reverse(),
    ).toEqual(expected);
  });

  it('assumes an order where nothing shows it, says so, and takes the one that is given', async () => {
    const { it } = await importing.send(connections('A,One,,a1@x.org,,,2/7/2022'));
    expect(it.notes).toEqual([
      expect.any(String),
      expect.stringMatching(/^1 dates such as 2\/7\/2022 are read month first.*dateOrder/),
    ]);
    expect((await contacts())[0].metOn).toBe('2022-02-07');
    await importing.send('Vorname,Nachname,Firma,Verbunden am\nB,Two,Firm,2/7/2022\n');
    expect((await contacts())[0].metOn).toBe('2022-07-02');
    const given = await importing.send(connections('C,Three,,c3@x.org,,,2/7/2022'), { dateOrder: 'dayFirst' });
    expect(given.it.notes).toHaveLength(1);
    expect((await contacts())[0].metOn).toBe('2022-07-02');
  });
});

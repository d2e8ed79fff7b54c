import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const PEOPLE = [
  { name: 'Müge Öztürk', title: 'Founder/CEO', emails: ['muge.oz@mail.example.org'], notes: 'Writes C++, knows .NET.' },
  { name: 'Işık Yılmaz', title: 'C# developer (Rust/C++)', company: 'Straße & Söhne' },
  { name: 'Søren Łukasiewicz', company: "O'Neil, Inc.", tags: ['go-lang'] },
  { name: '김민수', company: '삼성전자' },
  { name: '山田太郎', company: 'トヨタ自動車' },
  { name: 'Jose\u0301 Nuñez', title: 'Node.js' },
];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
  const face = faceOf('rest', shared);
  for (const person of PEOPLE) await face.create('Contact', person);
});
afterAll(() => shared.stop());

describe.each(faces)('q over %s', (name) => {
  it.each([
    ['ceo', ['Müge Öztürk']],
    ['Founder/CEO', ['Müge Öztürk']],
    ['founder ceo', ['Müge Öztürk']],
    ['ozturk', ['Müge Öztürk']],
    ['ÖZTÜRK', ['Müge Öztürk']],
    ['O\u0308ztu\u0308', ['Müge Öztürk']],
    ['mail.example', ['Müge Öztürk']],
    ['example.org', ['Müge Öztürk']],
    ['oz@mail', ['Müge Öztürk']],
    ['muge.oz@mail.example.org', ['Müge Öztürk']],
    ['c++', ['Müge Öztürk', 'Işık Yılmaz']],
    ['C#', ['Işık Yılmaz']],
    ['.net', ['Müge Öztürk']],
    ['node.js', ['José Nuñez']],
    ['jose nunez', ['José Nuñez']],
    ['isik', ['Işık Yılmaz']],
    ['IŞIK', ['Işık Yılmaz']],
    ['strasse', ['Işık Yılmaz']],
    ['soren lukasiewicz', ['Søren Łukasiewicz']],
    ["o'neil", ['Søren Łukasiewicz']],
    ['neil inc.', ['Søren Łukasiewicz']],
    ['lang', ['Søren Łukasiewicz']],
    ['민수', ['김민수']],
    ['수', ['김민수']],
    ['太郎', ['山田太郎']],
    ['田太', ['山田太郎']],
    ['自動', ['山田太郎']],
    ['郎太', []],
    ['zebra', []],
    ["' | :* & !\\", []],
    ['(((', []],
    ['Founder\\CEO', ['Müge Öztürk']],
    ['\\', []],
  ])('%s finds %j', async (q, expected) => {
    const { rows } = await faceOf(name, shared).page('Contact', { q, sort: 'id' });
    expect(rows.map((row) => row.name)).toEqual(expected.map((one) => one.normalize('NFC')));
  });
});

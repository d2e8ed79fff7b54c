import { faceOf, faces } from '../../harness/faces.js';
import { TestProgram } from '../../harness/program.js';

const SORTED = [
  'apfel',
  'Apfel',
  'Äpfel',
  'Birne',
  'de Vries',
  'Łukasz',
  'Müller',
  'Mulligan',
  'naïve',
  'Öztürk',
  'Özturk',
  'straße',
  'Zorn',
  '山田',
];

let shared: TestProgram;
beforeAll(async () => {
  shared = await TestProgram.start();
});
afterAll(() => shared.stop());

describe.each(faces)('over %s', (name) => {
  it.each(['name', 'company'])('%s sorts as people do, page by page, and back', async (field) => {
    const face = faceOf(name, await shared.asAnother());
    const twice = [...SORTED, ...SORTED].sort();
    for (const text of twice) await face.create('Contact', { name: 'x', company: null, [field]: text });
    if (field === 'company') await face.create('Contact', { name: 'None' });
    const walk = async (sort: string): Promise<unknown[]> => {
      const seen = [];
      let after: string | undefined;
      for (;;) {
        const page = await face.page('Contact', { sort, first: 3, ...(after === undefined ? {} : { after }) });
        seen.push(...page.rows.map((row) => row[field]));
        if (!page.hasNextPage) return seen;
        after = page.endCursor ?? undefined;
      }
    };
    const collator = new Intl.Collator('und');
    const expected = twice.sort((a, b) => collator.compare(a, b));
    const none = field === 'company' ? [null] : [];
    expect(await walk(field)).toEqual([...expected, ...none]);
    expect(await walk(`-${field}`)).toEqual([...expected.reverse(), ...none]);
    expect(expected.indexOf('apfel')).toBeGreaterThan(expected.indexOf('Äpfel'));
  });
});
